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
}

// Exhibits is every preset in the order of the gallery: from what is seen at once to what takes patience.
func Exhibits() []Exhibit { return exhibits }

var exhibits = []Exhibit{
	{Name: "spiral-mlp", Section: Points, Family: "MLP", Picture: "spiral"},

	{Name: "tutorial-cnn", Section: Pictures, Family: "CNN", Picture: "mask:digits"},
	{Name: "keras-convnet", Section: Pictures, Family: "CNN", Picture: "mask:digits"},
	{Name: "keras-mlp", Section: Pictures, Family: "MLP", Picture: "mask:digits"},
	{Name: "few-digits", Section: Pictures, Family: "MLP", Picture: "mask:digits"},
	{Name: "fashion-convnet", Section: Pictures, Family: "CNN", Picture: "mask:fashion"},
	{Name: "digits-0-4", Section: Pictures, Family: "CNN", Picture: "mask:digits"},
	{Name: "digits-5-9", Section: Pictures, Family: "CNN", Picture: "mask:digits"},
	{Name: "vit-digits", Section: Pictures, Family: "Transformer", Picture: "mask:digits"},

	{Name: "iris-mlp", Section: Tables, Family: "MLP", Words: []string{"5.1  3.5  1.4  0.2", "7.0  3.2  4.7  1.4", "6.3  3.3  6.0  2.5"}},

	{Name: "gpt-names", Section: Texts, Family: "Transformer", Words: []string{"mara", "elio", "wes▁"}},
	{Name: "gpt-sonnets", Section: Texts, Family: "Transformer", Words: []string{"Shall I", "compare", "thee▁"}},
	{Name: "gpt-poems", Section: Texts, Family: "Transformer", Words: []string{"床前明月光", "疑是地▁"}},
	{Name: "bigram", Section: Texts, Family: "MLP", Words: []string{"t → h", "q → u", "e → ▁"}},
	{Name: "mlp-lm", Section: Texts, Family: "CNN", Words: []string{"mara", "elio", "wes▁"}},
	{Name: "char-rnn", Section: Texts, Family: "RNN", Words: []string{"Shall I", "compare", "thee▁"}},
	{Name: "char-lstm", Section: Texts, Family: "RNN", Words: []string{"Shall I", "compare", "thee▁"}},
	{Name: "char-gru", Section: Texts, Family: "RNN", Words: []string{"Shall I", "compare", "thee▁"}},
	{Name: "text-cnn", Section: Texts, Family: "CNN", Words: []string{"la dignité", "à toute", "→ français"}},
	{Name: "encoder-classifier", Section: Texts, Family: "Transformer", Words: []string{"la dignité", "à toute", "→ français"}},
	{Name: "nanogpt-cpu", Section: Texts, Family: "Transformer", Own: true, Words: []string{"ROMEO:", "But, soft!", "what▁"}},

	{Name: "addition-lstm", Section: Tasks, Family: "RNN", Words: []string{"12+34", "= 46"}},
	{Name: "parity-lstm", Section: Tasks, Family: "RNN", Words: []string{"0110100", "odd"}},
	{Name: "reverse-transformer", Section: Tasks, Family: "Transformer", Words: []string{"abcd", "→ dcba"}},
	{Name: "masked-language-model", Section: Tasks, Family: "Transformer", Words: []string{"ab·d", "d·ba"}},
	{Name: "grokking", Section: Tasks, Family: "Transformer", Words: []string{"87 + 54", "≡ 28", "(mod 113)"}},
}
