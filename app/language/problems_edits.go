package language

// editProblems is what is wrong with corrections of single samples.
var editProblems = map[string]string{
	"class": "类别",
	"wants a list of edits, such as {\"index\": 12, \"label\": \"cat\"} or {\"index\": 12, \"remove\": true}": "要求修改的列表，例如 {\"index\": 12, \"label\": \"cat\"} 或 {\"index\": 12, \"remove\": true}",
	"there are %d edits; at most %d are taken: correct the file itself":                                       "有 %s 处修改；最多 %s 处：请直接修改文件",
	"sample %d is edited twice, by edit %d before; keep one of them":                                          "样本 %s 被修改了两次，之前的是第 %s 处修改；请只保留其中一处",
	"wants an object with an index, and a label or remove":                                                    "要求一个对象，含有 index，以及 label 或 remove",
	"wants the number of a sample, counted from 0":                                                            "要求样本的编号，从 0 开始",
	"wants the name of a class, or a number where the samples have values":                                    "要求类别的名称；样本带有数值时则要求一个数",
	"lacks the index of the sample":                                                                           "缺少样本的编号（index）",
	"wants a label, or \"remove\": true, and not both":                                                        "要求 label 或 \"remove\": true 之一，不能两者都有",
	"the windows of a text overlap, so that none can be taken out; change the text itself":                    "文本的窗口互相重叠，无法去掉其中一个；请修改文本本身",
	"there is no sample %d; the source gives %d to train on, counted from 0":                                  "没有样本 %s；数据源提供 %s 个训练样本，从 0 编号",
	"these samples have no single label to be set; take the sample out instead":                               "这些样本没有单一的标签可改；可以改为去掉这个样本",
	"the samples have values and not classes, so it wants a number":                                           "这些样本带有数值而不是类别，因此要求一个数",
	"sample %d has the label %s, and the edit is of one with %s: it was made for other samples; remove the edit, or go back to the source, its settings and the seed that it was made for": "样本 %s 的标签是 %s，而这处修改针对的是标签为 %s 的样本：它是为另一份样本做的；请去掉这处修改，或恢复当时的数据源、其设置和随机种子",
	"take all samples out: there is none left to train on": "去掉了所有样本：没有可供训练的了",
}
