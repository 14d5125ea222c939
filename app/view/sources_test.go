package view

import (
	"testing"

	"descent/app/state"
	"descent/ml/data"
	"descent/ml/experiment"
)

// A task or a text that is chosen beside points brings a model that can learn it.
func TestChoosingSequences(t *testing.T) {
	for _, typ := range []string{"addition", "copy", "sort", "reverse", "parity", "modular_addition", "sonnets", "names"} {
		c := &Core{Store: state.New("x", `{"version":1,"data":{"source":"spiral"},"model":{"nodes":[{"id":"o","type":"dense","config":{"units":2}}]},"train":{"loss":"cross_entropy","optimizer":"sgd"}}`)}
		info, _ := data.Lookup(typ)
		load, ok := c.choosing(info).(state.Load)
		if !ok {
			t.Errorf("%s brings %#v", typ, c.choosing(info))
			continue
		}
		e, err := experiment.Parse([]byte(load.Text))
		if err != nil || e.Data.Source != typ {
			t.Errorf("%s: %v", typ, err)
		}
	}
}
