package language

// terms is the Chinese for the core's catalogues: titles and what entries are, what settings are called, and what can be
// chosen. Settings are explained in explanations.
var terms = merged(generalTerms, layerTerms, trainingTerms, dataTerms, labelTerms, choiceTerms, textTerms, taskTerms, writingTerms)

// explanations is the Chinese for what settings are, by the catalogue's English.
var explanations = merged(layerExplanations, trainingExplanations, dataExplanations, textExplanations, taskExplanations, writingExplanations)

func merged(parts ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, part := range parts {
		for key, text := range part {
			if _, twice := all[key]; twice {
				panic("language: " + key + " is said twice")
			}
			all[key] = text
		}
	}
	return all
}

var generalTerms = map[string]string{
	"preset.spiral-mlp":         "螺旋",
	"preset.keras-convnet":      "Keras MNIST 卷积网络",
	"preset.keras-mlp":          "Keras MNIST 多层感知机",
	"preset.tutorial-cnn":       "教程卷积网络",
	"preset.digits-0-4":         "数字 0 到 4",
	"preset.digits-5-9":         "迁移到数字 5 到 9",
	"preset.fashion-convnet":    "Fashion-MNIST 卷积网络",
	"preset.iris-mlp":           "鸢尾花",
	"preset.vit-digits":         "视觉 Transformer",
	"preset.nanogpt-cpu":        "CPU 上的 nanoGPT",
	"preset.bigram":             "二元模型",
	"preset.mlp-lm":             "字母的神经网络",
	"preset.char-rnn":           "字符：循环网络",
	"preset.char-lstm":          "字符：LSTM",
	"preset.char-gru":           "字符：GRU",
	"preset.gpt-sonnets":        "GPT：十四行诗",
	"preset.gpt-poems":          "GPT：唐诗宋诗",
	"preset.gpt-names":          "GPT：人名",
	"preset.text-cnn":           "哪种语言？（一维卷积）",
	"preset.encoder-classifier": "哪种语言？（Transformer）",
	"preset.few-digits":         "五百个数字",

	"class.orange": "橙色",
	"class.blue":   "蓝色",
}
