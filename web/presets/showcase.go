package presets

// Sections of the gallery, in its order.
const (
	Points   = "points"
	Pictures = "pictures"
	Tables   = "tables"
	Texts    = "texts"
	Tasks    = "tasks"
)

// An Exhibit is a preset as the gallery shows it. What it teaches is a sentence of the page, preset.NAME.teaches.
type Exhibit struct {
	Name    string
	Section string
	Family  string   // MLP, CNN, RNN or Transformer
	Picture string   // a source that is drawn, "mask:NAME" for a picture of the build, or "" for the words
	Words   []string // lines of such data
	Own     bool     // a text has to be brought
	Steps   int      // of its whole training
	Speed   float64  // steps a second for each GFLOPS that the machine is gauged at (session.Gauged)
	Shards  int      // that a batch is cut into, which workers share
}

// The speeds were measured on 23 November 2026 in Chromium with two workers, on two cores of an AMD EPYC (Zen 5) that were
// gauged at 36 to 39 GFLOPS: the best of two to four rounds of four or five seconds (TestPresetTimes of internal/e2e measures them again).

// Exhibits is every preset in the order of the gallery: from what is seen at once to what takes patience.
func Exhibits() []Exhibit { return exhibits }

var exhibits = []Exhibit{
	{Name: "spiral-mlp", Section: Points, Family: "MLP", Picture: "spiral", Steps: 12000, Speed: 614, Shards: 1},

	{Name: "tutorial-cnn", Section: Pictures, Family: "CNN", Picture: "mask:digits", Steps: 2110, Speed: 0.507, Shards: 8},
	{Name: "keras-convnet", Section: Pictures, Family: "CNN", Picture: "mask:digits", Steps: 6330, Speed: 0.673, Shards: 8},
	{Name: "keras-mlp", Section: Pictures, Family: "MLP", Picture: "mask:digits", Steps: 9380, Speed: 2.87, Shards: 2},
	{Name: "few-digits", Section: Pictures, Family: "MLP", Picture: "mask:digits", Steps: 960, Speed: 11.4, Shards: 1},
	{Name: "fashion-convnet", Section: Pictures, Family: "CNN", Picture: "mask:fashion", Steps: 4220, Speed: 0.49, Shards: 8},
	{Name: "digits-0-4", Section: Pictures, Family: "CNN", Picture: "mask:digits", Steps: 1080, Speed: 0.332, Shards: 8},
	{Name: "digits-5-9", Section: Pictures, Family: "CNN", Picture: "mask:digits", Steps: 1035, Speed: 0.786, Shards: 8},
	{Name: "vit-digits", Section: Pictures, Family: "Transformer", Picture: "mask:digits", Steps: 3376, Speed: 0.436, Shards: 8},

	{Name: "iris-mlp", Section: Tables, Family: "MLP", Words: []string{"5.1  3.5  1.4  0.2", "7.0  3.2  4.7  1.4", "6.3  3.3  6.0  2.5"}, Steps: 720, Speed: 153, Shards: 1},

	{Name: "gpt-names", Section: Texts, Family: "Transformer", Words: []string{"mara", "elio", "wes▁"}, Steps: 4920, Speed: 1.81, Shards: 8},
	{Name: "gpt-sonnets", Section: Texts, Family: "Transformer", Words: []string{"Shall I", "compare", "thee▁"}, Steps: 1490, Speed: 0.451, Shards: 8},
	{Name: "gpt-poems", Section: Texts, Family: "Transformer", Words: []string{"床前明月光", "疑是地▁"}, Steps: 415, Speed: 0.276, Shards: 8},
	{Name: "bigram", Section: Texts, Family: "MLP", Words: []string{"t → h", "q → u", "e → ▁"}, Steps: 750, Speed: 27.8, Shards: 1},
	{Name: "mlp-lm", Section: Texts, Family: "CNN", Words: []string{"mara", "elio", "wes▁"}, Steps: 4920, Speed: 7.26, Shards: 8},
	{Name: "char-rnn", Section: Texts, Family: "RNN", Words: []string{"Shall I", "compare", "thee▁"}, Steps: 1490, Speed: 2.99, Shards: 8},
	{Name: "char-lstm", Section: Texts, Family: "RNN", Words: []string{"Shall I", "compare", "thee▁"}, Steps: 1490, Speed: 1.34, Shards: 8},
	{Name: "char-gru", Section: Texts, Family: "RNN", Words: []string{"Shall I", "compare", "thee▁"}, Steps: 1490, Speed: 1.59, Shards: 8},
	{Name: "text-cnn", Section: Texts, Family: "CNN", Words: []string{"la dignité", "à toute", "→ français"}, Steps: 1350, Speed: 6.46, Shards: 8},
	{Name: "encoder-classifier", Section: Texts, Family: "Transformer", Words: []string{"la dignité", "à toute", "→ français"}, Steps: 720, Speed: 1.64, Shards: 8},
	{Name: "nanogpt-cpu", Section: Texts, Family: "Transformer", Own: true, Words: []string{"ROMEO:", "But, soft!", "what▁"}, Steps: 2000, Speed: 0.434, Shards: 4},

	{Name: "addition-lstm", Section: Tasks, Family: "RNN", Words: []string{"12+34", "= 46"}, Steps: 15510, Speed: 14.7, Shards: 2},
	{Name: "parity-lstm", Section: Tasks, Family: "RNN", Words: []string{"0110100", "odd"}, Steps: 6750, Speed: 65.2, Shards: 1},
	{Name: "reverse-transformer", Section: Tasks, Family: "Transformer", Words: []string{"abcd", "→ dcba"}, Steps: 1192, Speed: 4.16, Shards: 2},
	{Name: "masked-language-model", Section: Tasks, Family: "Transformer", Words: []string{"ab·d", "d·ba"}, Steps: 2980, Speed: 2.31, Shards: 8},
	{Name: "grokking", Section: Tasks, Family: "Transformer", Words: []string{"87 + 54", "≡ 28", "(mod 113)"}, Steps: 10000, Speed: 0.187, Shards: 8},
}
