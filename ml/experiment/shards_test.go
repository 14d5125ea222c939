package experiment

import (
	"strings"
	"testing"
)

// The default goes by the work of a batch and by the parameters, never by the
// machine.
func TestShards(t *testing.T) {
	const million = 1_000_000
	for _, c := range []struct {
		what              string
		batch, parameters int
		flops             int64 // a sample
		want              int
	}{
		{"a small network of few features", 16, 60, 100, 1},
		{"an MLP on pictures", 128, 101_770, 203_264, 2},
		{"a larger MLP on pictures", 128, 669_706, 1_338_368, 2},
		{"a small convolutional network", 128, 421_642, 8_500_000, 8},
		{"the same with a small batch", 32, 421_642, 8_500_000, 2},
		{"a few long sequences", 12, 804_096, 107 * million, 4},
		{"one sample", 1, 804_096, 107 * million, 1},
		{"three samples", 3, 50_000, 107 * million, 2},
		{"many parameters and little to do with each", 32, 100 * million, 200 * million, 1},
	} {
		e := defaults()
		e.Train.Batch = c.batch
		if got := e.shards(c.parameters, c.flops); got != c.want {
			t.Errorf("%s: %d shards, want %d", c.what, got, c.want)
		}
	}
	e := defaults()
	e.Train.Batch, e.Train.Shards = 3, 5
	if got := e.shards(1, 1); got != 3 {
		t.Errorf("five shards of three samples are %d", got)
	}
}

// Shares follow each other, have as many samples or one less, and so have pairs.
func TestShare(t *testing.T) {
	for batch := range 40 {
		for shards := 1; shards <= 8; shards++ {
			at := 0
			var sizes []string
			for i := range shards {
				from, to := Share(batch, shards, i)
				if from != at || to-from < batch/shards || to-from > (batch+shards-1)/shards {
					t.Fatalf("share %d of %d in %d is %d to %d", i, batch, shards, from, to)
				}
				at = to
				sizes = append(sizes, string(rune('a'+to-from-batch/shards)))
			}
			if at != batch {
				t.Fatalf("%d shards have %d samples of %d", shards, at, batch)
			}
			if s := strings.Join(sizes, ""); 2*(batch%shards) == shards && (strings.Contains(s, "aa") || strings.Contains(s, "bb")) {
				t.Errorf("%d in %d shards: %s", batch, shards, s)
			}
		}
	}
}
