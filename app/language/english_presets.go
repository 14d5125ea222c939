package language

import "maps"

func init() { maps.Copy(english, englishPresets) }

// englishPresets is the gallery of presets, and what each of them teaches.
var englishPresets = map[string]string{
	"showcase.title":    "Choose an experiment",
	"showcase.intro":    "Each is ready to run and open to every change. Your present experiment stays a step of undo away.",
	"showcase.find":     "Search experiments",
	"showcase.none":     "No experiment fits that search.",
	"showcase.points":   "Points",
	"showcase.pictures": "Pictures",
	"showcase.tables":   "Tables",
	"showcase.texts":    "Texts",
	"showcase.tasks":    "Questions and answers",
	"showcase.time":     "about %s here",
	"showcase.took":     "took %s here",
	"showcase.own":      "needs a text of yours",
	"showcase.current":  "open now",

	"preset.spiral-mlp.teaches":            "How layers bend a plane until two spirals come apart.",
	"preset.tutorial-cnn.teaches":          "The tutorial's network: convolution, pooling, dense layers, on handwritten digits.",
	"preset.keras-convnet.teaches":         "A small network that tells digits apart better than 99 times in 100.",
	"preset.keras-mlp.teaches":             "What dense layers alone can do with pixels, and what dropout is for.",
	"preset.few-digits.teaches":            "Overfitting: too few samples, some with wrong labels. Try augmentation, L2, dropout.",
	"preset.fashion-convnet.teaches":       "The same recipe on clothes, which are harder to tell apart.",
	"preset.digits-0-4.teaches":            "Transfer, part one: learn five digits, and keep the weights.",
	"preset.digits-5-9.teaches":            "Transfer, part two: frozen filters and a new head for five other digits.",
	"preset.vit-digits.teaches":            "A transformer that reads a picture as 49 patches.",
	"preset.iris-mlp.teaches":              "A table of four measures, standardised, and three species of flowers.",
	"preset.gpt-names.teaches":             "A GPT that makes up names, in a minute or so.",
	"preset.gpt-sonnets.teaches":           "Attention that learns to write lines like Shakespeare's.",
	"preset.gpt-poems.teaches":             "Chinese poems by character, with the parts of newer models.",
	"preset.bigram.teaches":                "The least model of a text: which character follows which.",
	"preset.mlp-lm.teaches":                "The network of 2003 that gave words and letters vectors.",
	"preset.char-rnn.teaches":              "A state that is carried from character to character, and forgets.",
	"preset.char-lstm.teaches":             "Gates that decide what to remember.",
	"preset.char-gru.teaches":              "Two gates in place of three, and a quarter fewer weights.",
	"preset.text-cnn.teaches":              "Filters along a text: which language is this?",
	"preset.encoder-classifier.teaches":    "A transformer's encoder that reads pieces of words: which language is this?",
	"preset.nanogpt-cpu.teaches":           "The published setting, to compare with other programs.",
	"preset.addition-lstm.teaches":         "A network that reads a sum and writes the answer, digit by digit.",
	"preset.parity-lstm.teaches":           "One bit of memory, and a curve that stays flat and then falls at once.",
	"preset.reverse-transformer.teaches":   "Encoder and decoder: attention that runs backwards through a word.",
	"preset.masked-language-model.teaches": "How BERT learns: guess what is hidden.",
	"preset.grokking.teaches":              "Learned by heart at first, understood thousands of steps later.",
}
