package language

import "maps"

func init() { maps.Copy(chinese, chinesePresets) }

var chinesePresets = map[string]string{
	"showcase.title":    "选择一个实验",
	"showcase.intro":    "每个实验都可以直接运行，也可以随意修改。当前的实验可用“撤销”找回。",
	"showcase.find":     "搜索实验",
	"showcase.none":     "没有符合搜索条件的实验。",
	"showcase.points":   "平面上的点",
	"showcase.pictures": "图像",
	"showcase.tables":   "表格",
	"showcase.texts":    "文本",
	"showcase.tasks":    "问与答",
	"showcase.time":     "在此约需 %s",
	"showcase.took":     "在此用了 %s",
	"showcase.own":      "需要您自己的文本",
	"showcase.current":  "当前打开",

	"preset.spiral-mlp.teaches":            "看各层如何弯折平面，把两条螺旋分开。",
	"preset.tutorial-cnn.teaches":          "教程中的网络：卷积、池化、全连接，识别手写数字。",
	"preset.keras-convnet.teaches":         "一个小网络，识别数字的准确率超过 99%。",
	"preset.keras-mlp.teaches":             "只用全连接层处理像素能做到什么，丢弃又有什么用。",
	"preset.few-digits.teaches":            "过拟合：样本太少，还有错误的标签。试试数据增强、L2 和丢弃。",
	"preset.fashion-convnet.teaches":       "同样的方法用于更难区分的服装图像。",
	"preset.digits-0-4.teaches":            "迁移学习之一：先学五个数字，并保存权重。",
	"preset.digits-5-9.teaches":            "迁移学习之二：冻结卷积核，只为另外五个数字训练新的输出部分。",
	"preset.vit-digits.teaches":            "把图像当作 49 个小块来读的 Transformer。",
	"preset.iris-mlp.teaches":              "四个测量值的表格，标准化之后区分三种鸢尾花。",
	"preset.gpt-names.teaches":             "大约一分钟就能学会编造人名的 GPT。",
	"preset.gpt-sonnets.teaches":           "注意力机制学着写出莎士比亚式的诗行。",
	"preset.gpt-poems.teaches":             "逐字学习唐诗宋诗，采用较新模型的部件。",
	"preset.bigram.teaches":                "最简单的文本模型：哪个字符之后是哪个字符。",
	"preset.mlp-lm.teaches":                "2003 年的网络，首次为词和字母学习向量。",
	"preset.char-rnn.teaches":              "状态逐字符传递，也会逐渐遗忘。",
	"preset.char-lstm.teaches":             "由门来决定记住什么。",
	"preset.char-gru.teaches":              "用两个门代替三个，权重少四分之一。",
	"preset.text-cnn.teaches":              "沿着文本滑动的卷积核：这是哪种语言？",
	"preset.encoder-classifier.teaches":    "Transformer 编码器阅读词的片段：这是哪种语言？",
	"preset.nanogpt-cpu.teaches":           "公开发表过的设置，便于与其他程序比较。",
	"preset.addition-lstm.teaches":         "读入一道加法题，逐位写出答案。",
	"preset.parity-lstm.teaches":           "只需一位记忆；曲线长时间不动，然后突然下降。",
	"preset.reverse-transformer.teaches":   "编码器与解码器：注意力沿着单词倒着走。",
	"preset.masked-language-model.teaches": "BERT 的学习方式：猜出被遮住的内容。",
	"preset.grokking.teaches":              "起初只是死记硬背，几千步之后才真正理解。",
}
