package language

// What a model writes: the settings, what they mean, and what is wrong with them.

var writingTerms = map[string]string{
	"field.beams":          "束数",
	"field.candidates":     "候选数",
	"field.length_penalty": "长度惩罚",
	"field.repetition":     "重复惩罚",
	"field.seed":           "随机种子",
	"field.stop":           "遇结尾停止",
	"field.temperature":    "温度",
	"field.top_k":          "top-k",
	"field.top_p":          "top-p",
	"generate.tokens":      "写多少",
}

var writingExplanations = map[string]string{
	"How many tokens are written at most": "最多写多少个词元。",
	"How daring the draw is: below 1 likely tokens become likelier still, above 1 rare ones have a chance; 0 always takes the likeliest": "抽取有多大胆：小于 1 时可能的词元更可能，大于 1 时少见的也有机会；0 总是取最可能的。",
	"Draws among so many of the likeliest tokens; 0 draws among all, 1 always takes the likeliest":                                       "只在这么多个最可能的词元中抽取；0 表示在全部中抽取，1 总是取最可能的。",
	"Draws among the fewest likely tokens that together have this probability; 1 draws among all":                                        "只在合起来达到这个概率的最少几个词元中抽取；1 表示在全部中抽取。",
	"How much a token that was there before is held back; 1 for not at all, 1.1 to 1.3 is usual":                                         "出现过的词元被压低多少；1 表示不压低，常用 1.1 到 1.3。",
	"The same number draws the same text":                "同一个数抽出同样的文本。",
	"Whether writing ends where the model ends the text": "模型结束文本时是否停止。",
	"How many texts are followed side by side to find the likeliest as a whole; 1 takes one token after the other": "同时跟踪多少条文本，以找出整体最可能的；1 表示逐个取词元。",
	"Only for several beams: how much longer texts are favoured; 0 for not at all":                                 "只用于多束：对较长的文本偏爱多少；0 表示不偏爱。",
	"How many of the likeliest tokens are told of at each step":                                                    "每一步给出多少个最可能的词元。",
}

var writingProblems = map[string]string{
	"is not a number": "不是一个数",

	"writing with %d beams takes %s of memory, and may take %s; take fewer, or a smaller model": "用 %s 束来写要占 %s 内存，而最多可用 %s；请减少束数，或用更小的模型",

	"it reads the whole sequence at once":                                                         "它一次读整个序列",
	"it reads more than one input":                                                                "它读不止一个输入",
	"it does not depend on the steps":                                                             "它与各步无关",
	"it reads what is known from the start and what comes later as one sequence":                  "它把一开始就知道的和后来的当作一个序列来读",
	"it cuts a sequence elsewhere than between what is known from the start and what comes later": "它没有在一开始就知道的和后来的之间切开序列",
	"it also reads from the end to the start":                                                     "它也从结尾往开头读",
	"its windows look ahead; with padding \"causal\" they do not":                                 "它的窗口会看到后面；用填充 \"causal\" 就不会",
	"its attention looks ahead, since it is not causal":                                           "它的注意力不是因果的，会看到后面",
	"the whole answer is there after one pass":                                                    "一遍就得出整个答案",
	"the model tells one token after a whole window, which moves on with each token":              "模型在整个窗口之后预测一个词元，窗口随每个词元移动",
	"it was asked to read all that it sees for each token":                                        "要求它对每个词元都重读所见的全部",

	"several beams look for the likeliest text, and nothing is drawn; set temperature and top_k to 0 and top_p to 1, or beams to 1": "多束寻找最可能的文本，不抽取；请把 temperature 和 top_k 设为 0、top_p 设为 1，或把 beams 设为 1",
	"is empty, and this model answers questions; write one":                                                                         "是空的，而这个模型是回答问题的；请写一个问题",
	"has %d tokens, and the model reads questions of %d, no fewer":                                                                  "有 %s 个词元，而模型读的问题要有 %s 个词元",
	"has %d tokens, and the model reads questions of at most %d":                                                                    "有 %s 个词元，而模型最多读 %s 个词元的问题",
	"the model's scores are not finite numbers, so no token can be chosen; its training has gone wrong":                             "模型的得分不是有限的数，无法选出词元；它的训练出了问题",
	"only a model of text can write, and what this one reads is no text":                                                            "只有读文本的模型才能写，而这个模型读的不是文本",
	"this model finds out hidden tokens and was not trained to tell the next, so it cannot write; choose another layout":            "这个模型是猜出被遮住的词元的，没有学过预测下一个，所以不能写；请选择另一种排布",
	"this model puts texts into classes and was not trained to tell the next token, so it cannot write":                             "这个模型是给文本分类的，没有学过预测下一个词元，所以不能写",
	"only a model with the loss cross_entropy scores each token, and can write":                                                     "只有用 cross_entropy 损失的模型才给每个词元打分，才能写",
	"the model scores %d tokens, and the vocabulary has %d":                                                                         "模型给 %s 个词元打分，而词表有 %s 个",
}
