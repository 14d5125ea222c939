package language

import "maps"

func init() { maps.Copy(english, englishSpeed) }

// englishSpeed is what the page says of where the time of training goes.
var englishSpeed = map[string]string{
	"speed.open":     "Speed: where the time goes",
	"speed.title":    "Where the time goes",
	"speed.close":    "Close",
	"speed.gflops":   "Arithmetic",
	"speed.samples":  "Samples",
	"speed.step":     "A step takes",
	"speed.giga":     "%s GFLOPS",
	"speed.second":   "%s a second",
	"speed.ms":       "%s ms",
	"speed.wait":     "Timed while training runs; the first figures come after a second.",
	"speed.phases":   "Phases",
	"speed.share":    "Share of the time",
	"speed.data":     "Reading samples",
	"speed.forward":  "Forward",
	"speed.backward": "Backward",
	"speed.exchange": "Exchange with other workers",
	"speed.update":   "Update",
	"speed.layers":   "Layers",
	"speed.loss":     "Loss",
}
