package language

// What has to do with text: tokenizers, and sources whose samples are tokens.

var textTerms = map[string]string{
	"source.text":     "文本",
	"source.text.doc": "您自己的文本。模型逐个词元阅读，并在每个词元处学习预测下一个。",

	"field.tokenizer":   "分词方式",
	"field.vocabulary":  "词表大小",
	"field.layout":      "任务形式",
	"field.mask":        "遮盖占比",
	"choice.character":  "字符",
	"choice.word":       "单词",
	"choice.bpe":        "字节对编码（BPE）",
	"choice.next_token": "每个词元的下一个",
	"choice.next_one":   "仅最后一个的下一个",
	"choice.masked":     "被遮盖的词元",
}

var textExplanations = map[string]string{
	"the file with the text, in UTF-8":                                                                                                         "存放文本的文件，UTF-8 编码。",
	"this share of the text, its end, is kept for the test":                                                                                    "文本末尾的这一部分留作测试。",
	"how many tokens the model sees at once":                                                                                                   "模型一次看到多少个词元。",
	"what the model reads: characters, words, or bpe: pieces of words that come often":                                                         "模型读什么：字符；单词；或 BPE：常见的词片段。",
	"how many different tokens; the most frequent are taken, and bpe merges until there are so many; 0 for all, and for bpe 512":               "有多少种词元：取最常见的，BPE 则一直合并到这个数目；0 表示全部，对 BPE 表示 512。",
	"how far after a window the next begins, when training; 0 for right after it. When windows overlap, the validation is the end of the text": "训练时相邻两个窗口的起点相隔多远；0 表示首尾相接。窗口重叠时，验证部分取文本的末尾。",
	"what is asked: the token after each; only the one after the last; or those that are masked":                                               "要求什么：每个词元之后的词元；仅最后一个之后的词元；或被遮盖的词元。",
	"this share of the tokens is masked, where the layout is masked":                                                                           "任务形式为遮盖时，遮盖这一部分词元。",
}

var textProblems = map[string]string{
	"tokenizer":     "分词方式",
	"special token": "特殊词元",
	"characters":    "字符",
	"words":         "单词",

	"there is no text to make tokens of": "没有可以切分成词元的文本",
	"the text has %s different %s and there are %s special tokens; set vocabulary to %s at most, or to 0 for all":                                          "文本中有 %[1]s 种%[2]s，另有 %[3]s 个特殊词元；请把词表大小设为至多 %[4]s，或设为 0 表示全部",
	"the text has %s different %s; at most %s tokens are handled: set vocabulary to that or less":                                                          "文本中有 %[1]s 种%[2]s；至多处理 %[3]s 个词元：请把词表大小设为不超过这个数",
	"%d has no room for a token beside the %d special ones; set vocabulary to more":                                                                        "%s 个词元除了 %s 个特殊词元就没有余地了；请把词表大小设得更大",
	"%d is too few: byte-pair encoding begins with the 256 bytes, and there are %d special tokens; set vocabulary to %d or more":                           "%s 太少：字节对编码从 256 个字节开始，另有 %s 个特殊词元；请把词表大小设为至少 %s",
	"the words come to more than the %s bytes that are kept with a model; set vocabulary to %s at most":                                                    "这些单词超过随模型保存的 %s 字节；请把词表大小设为至多 %s",
	"the text gives %s tokens and no more: no pair of them comes twice; set vocabulary to %s at most, or bring a longer text":                              "文本只能给出 %s 个词元：没有哪一对词元出现两次；请把词表大小设为至多 %s，或换更长的文本",
	"the windows of the text overlap, so that folds would share text; set the stride to 0":                                                                 "文本的窗口互相重叠，各折会共用文本；请把步幅设为 0",
	"the windows of the text overlap, so that mixed ones would bring the same text to both parts; switch shuffle and stratify off, or set the stride to 0": "文本的窗口互相重叠，打乱后同一段文本会出现在两个部分；请关闭打乱和分层划分，或把步幅设为 0",
	"train %s + validation %s is more than the %s samples there are, since samples that overlap are left out":                                              "训练 %s + 验证 %s 多于现有的 %s 个样本，因为互相重叠的样本要略去",

	"a tokenizer is an object with kind and what it knows": "分词器是一个对象，含有 kind 和它所知道的内容",
	"there are %s tokens; at most %s are handled":          "有 %s 个词元；至多处理 %s 个",
	"there is none":     "一个也没有",
	"%q is there twice": "%s 出现了两次",
	"%q is not one word, one space or one sign":                         "%s 不是一个单词、一个空格或一个符号",
	"wants a list of names":                                             "要求名称的列表",
	"wants a list of words":                                             "要求单词的列表",
	"wants a text of all the characters":                                "要求由全部字符组成的文本",
	"wants a list of pairs of tokens":                                   "要求词元对的列表",
	"merge %d wants two tokens that were there before it, from 0 to %d": "第 %s 次合并要求在它之前已有的两个词元，从 0 到 %s",
	"merge %d merges %d and %d, which were merged before":               "第 %s 次合并的 %s 和 %s 之前已合并过",
	"merge %d makes a token of %d bytes; at most %d are handled":        "第 %s 次合并得到 %s 个字节的词元；至多处理 %s 个字节",
}
