package language

import "maps"

func init() { maps.Copy(english, englishTrain) }

// englishTrain is what the page says of curves, of the learning rate and of what goes wrong in a training.
var englishTrain = map[string]string{
	"train.form":    "How it learns",
	"rate.now":      "now %s, at the end %s",
	"rate.describe": "The learning rate over the steps of this run: %s",
	"rate.changed":  "%s changed at step %s: from %s to %s",
	"rate.honest":   "The document holds the latest values. The same document without these changes gives another run.",

	"curve.at":       "%s %s",
	"curve.describe": "%s over %s. The table below has the numbers.",
	"curve.quality":  "The metric on show",
	"curve.choose":   "Choose a metric",

	"axis.epoch": "epoch",
	"axis.step":  "step",
	"axis.time":  "seconds of training",

	"tools.title":      "How the curves are drawn",
	"tools.axis":       "Across",
	"tools.smooth":     "Smoothing",
	"tools.smooth.doc": "A running mean: how much of it stays at each point. The points as they are lie pale beneath.",
	"tools.logy":       "log loss",
	"tools.logx":       "log x",
	"tools.zoom":       "The part on show. With the pointer, draw over a part of a chart; a double click shows all.",
	"zoom.in":          "Show a smaller part",
	"zoom.out":         "Show a larger part",
	"zoom.left":        "Move to the left",
	"zoom.right":       "Move to the right",
	"zoom.all":         "All",

	"inner.title":         "What is shown of the steps",
	"inner.lr":            "Learning rate",
	"inner.grad_norm":     "Gradient norm",
	"inner.ratio":         "Update size",
	"inner.doc.lr":        "How far a step goes along the slope.",
	"inner.doc.grad_norm": "The length of the gradient of all weights, before it is clipped. Where it grows out of all proportion it explodes.",
	"inner.doc.ratio":     "How far a step moves the weights, as a part of their size. About 0.001 is usual; 0.1 is rough, and 0.00001 hardly moves.",

	"export.title": "Save: %s",
	"export.png":   "Chart as PNG",
	"export.svg":   "Chart as SVG",
	"export.csv":   "Numbers as CSV",

	"finding.diverged":    "Training diverged",
	"finding.broken_data": "The data holds values that are no numbers",
	"finding.exploding":   "The gradient explodes",
	"finding.vanishing":   "The gradient vanishes",
	"finding.dead_relu":   "Units have died",
	"finding.crawling":    "Training crawls",
	"finding.oscillating": "Training jumps about",
	"finding.plateau":     "Training is stuck",
	"finding.underfit":    "The model is too simple",
	"finding.overfit":     "The model learns by heart",
	"finding.imbalance":   "Some classes are rare",
	"finding.duplicates":  "Samples are in both parts",
	"finding.telling":     "One column gives the answer away",
	"finding.too_good":    "Too good to be true?",
	"finding.unscaled":    "The inputs are not scaled",

	"verdict.done":     "Training is over",
	"verdict.early":    "Training ended early",
	"verdict.best":     "The best validation was at epoch %s, with a loss of %s.",
	"verdict.bestboth": "The best validation was at epoch %s, with a loss of %s and an accuracy of %s.",
	"verdict.look":     "Look at the results",
}
