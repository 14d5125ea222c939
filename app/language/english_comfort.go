package language

import "maps"

func init() { maps.Copy(english, englishComfort) }

// englishComfort is the search for commands, the keys and the tour.
var englishComfort = map[string]string{
	"command.title":  "Do anything",
	"command.find":   "Type what you want to do",
	"command.none":   "Nothing here is called that.",
	"command.save":   "Save the experiment as a file",
	"command.run":    "Training",
	"command.stage":  "Go to",
	"command.page":   "Page",
	"command.preset": "Open",
	"command.data":   "Data",
	"command.layer":  "Add layer",

	"keys.change":  "Change the key for: %s",
	"keys.press":   "Press a key",
	"keys.taken":   "That key is for: %s",
	"keys.usual":   "The usual keys",
	"keys.search":  "Do anything",
	"keys.play":    "Train or pause",
	"keys.step":    "One step",
	"keys.reset":   "Back to the first weights",
	"keys.help":    "Help and keys",
	"keys.stage":   "Go to: %s",
	"help.tour":    "Show me around",
	"help.open":    "Choose an experiment",
	"tour.title":   "A look around",
	"tour.start":   "Show me around",
	"tour.at":      "Step %d of %d",
	"tour.next":    "Next",
	"tour.back":    "Back",
	"tour.skip":    "Skip",
	"tour.end":     "Done",
	"tour.1.title": "Data.",
	"tour.1.text":  "A model learns from samples. Click another picture for other points; All data has images, tables, texts and your own files.",
	"tour.2.title": "Model.",
	"tour.2.text":  "Layers turn samples into answers. Click one to change it, or add one.",
	"tour.3.title": "Train.",
	"tour.3.text":  "Press Train: at each step the model sees a few samples and mends its weights a little.",
	"tour.4.title": "Watch.",
	"tour.4.text":  "The picture is what the model thinks now; the curves say how wrong it is. Grey is what it learns from, violet what it has not seen.",
	"tour.5.title": "Evaluate.",
	"tour.5.text":  "See where it errs, try it yourself, and at the very end open the sealed test samples.",
}
