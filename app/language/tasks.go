package language

// What has to do with generated tasks.

var taskTerms = map[string]string{
	"source.copy":                 "复述",
	"source.copy.doc":             "按同样的次序再说一遍这些字母。会读会写的模型要学的最小的事。",
	"source.reverse":              "倒序",
	"source.reverse.doc":          "从最后一个字母起再说一遍。读完整个问题之前，什么也写不出来。",
	"source.sort":                 "排序",
	"source.sort.doc":             "按字母表的次序再说一遍这些字母。答案的每个字母都取决于整个问题。",
	"source.addition":             "加法",
	"source.addition.doc":         "把写成字符的两个数相加：12+34 等于 46。没有人告诉模型数字是什么意思，也没有人告诉它有进位。",
	"source.modular_addition":     "模加法",
	"source.modular_addition.doc": "在 p 小时的钟面上把两个数相加。每对数只问一次，其中一部分用于训练：小的 Transformer 先把它们背下来，很久以后才真正弄懂（grokking，顿悟）。",
	"source.parity":               "奇偶",
	"source.parity.doc":           "1 的个数是偶数还是奇数？每一个数字都起决定作用：有状态的网络只需一个比特，而同时看到全部的网络无从下手。",
	"source.brackets":             "括号",
	"source.brackets.doc":         "每个打开的括号是否都按正确的次序关上？一半的行是这样；其余的行中，有一半只在一处出错。",

	"preset.addition-lstm":         "加法（LSTM）",
	"preset.parity-lstm":           "奇偶（LSTM）",
	"preset.reverse-transformer":   "倒序（编码器—解码器）",
	"preset.masked-language-model": "遮盖语言模型",
	"preset.grokking":              "顿悟：模加法",

	"field.alphabet":   "字母种数",
	"field.digits":     "位数",
	"field.kinds":      "括号种数",
	"field.max_length": "最大长度",
	"field.min_length": "最小长度",
	"field.p":          "模数 p",
	"field.reversed":   "问题倒写",
	"choice.teacher":   "编码器—解码器（教师强制）",
	"choice.answer":    "一次给出答案",
}

var taskExplanations = map[string]string{
	"how many different questions are drawn for training and validation": "为训练和验证生成多少个不同的问题。",
	"how many others are drawn for the test":                             "另外为测试生成多少个。",
	"teacher: an encoder reads the question, and a decoder writes the answer and is told what was right so far; next_token: question and answer are one text; " +
		"answer: the model reads the question and gives the whole answer; masked: the answer stands there with tokens hidden": "编码器—解码器：编码器读问题，解码器写答案，并被告知此前的正确内容；每个词元的下一个：问题和答案是一段文本；一次给出答案：模型读完问题就给出整个答案；被遮盖的词元：答案就在那里，但有些词元被遮住。",
	"this share of an answer's tokens is hidden, and at least one, where the layout is masked":                             "任务形式为遮盖时，遮盖答案中这一部分词元，至少一个。",
	"how many letters the shortest question has":                                                                           "最短的问题有多少个字母。",
	"how many letters the longest has; every length between is as frequent, as far as there are different questions":       "最长的问题有多少个字母；只要有足够多的不同问题，其间各种长度一样常见。",
	"how many different letters there are, from a on":                                                                      "有多少种字母，从 a 算起。",
	"how many digits the longest numbers have":                                                                             "最长的数有多少位。",
	"write each question from its end to its beginning, so that a recurrent network reads the first digits last":           "把每个问题从末尾写到开头，使循环网络最后读到最前面的数字。",
	"how many numbers there are, from 0 on; what is more begins again at 0":                                                "有多少个数，从 0 算起；超出的又从 0 开始。",
	"this share of all pairs is for training and validation, the rest for the test":                                        "所有数对中的这一部分用于训练和验证，其余用于测试。",
	"how many digits the shortest row has":                                                                                 "最短的一行有多少个数字。",
	"how many digits the longest has; every length between is as frequent, as far as there are different rows":             "最长的一行有多少个数字；只要有足够多的不同的行，其间各种长度一样常见。",
	"how many brackets the longest row has; every even number up to it is as frequent, as far as there are different rows": "最长的一行有多少个括号；只要有足够多的不同的行，不超过它的各个偶数一样常见。",
	"how many kinds of brackets there are: round, square, curly":                                                           "有多少种括号：圆括号、方括号、花括号。",
}

var taskProblems = map[string]string{
	"with these settings there are %s different questions, and %s are to be drawn; ask for fewer samples, or for longer questions": "这样的设置下有 %s 个不同的问题，而要生成 %s 个；请减少样本数，或使问题更长",
	"the longest question, %d, is shorter than the shortest, %d":                                                                   "最长的问题 %s 比最短的 %s 还短",
	"%v %% of the %d pairs leaves nothing to train on, or nothing to test":                                                         "%[2]s 对中的 %[1]s%%，使训练或测试没有样本",
}
