package experiment

import (
	"fmt"
	"strings"
	"testing"

	"descent/ml/config"
)

// grown is the document of a model that starts as an image of one cell and has
// it enlarged 64 times, over and over.
func grown(times int, rest string) string {
	nodes := `{"id": "cell", "type": "reshape", "config": {"shape": [1, 1, 2]}}`
	for i := range times {
		nodes += fmt.Sprintf(`, {"id": "up%d", "type": "upsampling2d", "config": {"size": 64}}`, i+1)
	}
	return `{"version": 1, "data": {"source": "spiral"}, "model": {"nodes": [` + nodes + rest + `]}, "train": {"optimizer": "muon"}}`
}

// A model too large to be counted is refused at the layer where it becomes so,
// and one that can be counted by the limit of memory. Neither is allocated,
// whatever a layer would like to work out beforehand.
func TestSizesBeyondAnyMachine(t *testing.T) {
	const limit = 3 << 30
	for _, c := range []struct{ doc, want string }{
		{grown(6, `, {"id": "pool", "type": "global_avg_pool"}`), `node "up4": would hold`},
		{grown(40, `, {"id": "pool", "type": "global_avg_pool"}`), `node "up4": would hold`},
		{grown(5, `, {"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "config": {"units": 2}}`), `node "up4": would hold`},
		{grown(3, `, {"id": "flat", "type": "flatten"}, {"id": "wide", "type": "dense", "config": {"units": 1048576}},
			{"id": "out", "type": "dense", "config": {"units": 2}}`), `node "wide": would hold`},
		{grown(3, `, {"id": "row", "type": "reshape", "config": {"shape": [-1, 2]}}, {"id": "waves", "type": "sinusoidal_position"},
			{"id": "mean", "type": "mean_over_time"}`), "may take 3.22 GB"},
		{grown(3, `, {"id": "row", "type": "reshape", "config": {"shape": [-1, 131072]}},
			{"id": "turned", "type": "multi_head_attention", "config": {"heads": 2, "rotary": true}},
			{"id": "mean", "type": "mean_over_time"}, {"id": "out", "type": "dense", "config": {"units": 2}}`), "may take 3.22 GB"},
		{strings.Replace(grown(3, `, {"id": "pool", "type": "global_avg_pool"}`), `"optimizer"`, `"batch": 65536, "optimizer"`, 1), "may take 3.22 GB"},
	} {
		e, err := Parse([]byte(c.doc))
		if err == nil {
			err = e.CheckMemory(limit, 1)
		}
		if _, ok := config.All(err); !ok || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "-") {
			t.Errorf("%v, want %q, for\n%s", err, c.want, c.doc)
		}
	}
}
