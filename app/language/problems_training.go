package language

// trainingProblems is what the trainer refuses, why training ended or diverged, and what is wrong with pretrained weights.
var trainingProblems = map[string]string{
	"there is no experiment open":                                                        "还没有打开实验",
	"training failed; reset it first":                                                    "训练失败了；请先恢复初始权重",
	"the last epoch is over; reset, or give the experiment more epochs":                  "最后一轮已经结束；请恢复初始权重，或增加轮数",
	"this changes what the optimizer remembers of each weight; open the experiment anew": "这会改变优化器为每个权重记住的内容；请重新打开实验",
	"the optimizer has no setting %s":                                                    "优化器没有设置项 %s",
	"a sample of this data has another size":                                             "这份数据的样本大小与此不同",
	"the model's embedding has no row for one of these numbers":                          "模型的嵌入表里没有其中某个编号对应的一行",
	"there is no part %s":                                                                "数据没有名为 %s 的部分",
	"an evaluation is in progress":                                                       "评估正在进行",
	"there are no files here, and model.weights names %s":                                "这里没有文件，而 model.weights 指定了 %s",

	"the target was reached: %s %.6g":          "已达到目标：%s %s",
	"no better %s than %.6g in %d validations": "连续 %[3]s 次验证，%[1]s都没有好于 %[2]s",

	"%s at step %d (epoch %d): %s":                        "%s（第 %s 步，第 %s 轮）：%s",
	"%s at step %d (epoch %d), first in the %s of %q: %s": "%[1]s（第 %[2]s 步，第 %[3]s 轮），最先出现在 %[5]s 的%[4]s中：%[6]s",
	"the loss became %v":                                  "损失变成了 %s",
	"the gradient became infinite":                        "梯度变成了无穷大",
	"values":                                              "数值",
	"weights":                                             "权重",
	"gradients":                                           "梯度",
	"the data holds values that are not numbers; look at its file and its preprocessing":                                       "数据中有不是数的值；请检查文件和预处理",
	"a label is none of the classes, or a value to predict is not a number; look at the data":                                  "有标签不属于任何类别，或要预测的值不是数；请检查数据",
	"these weights are not numbers; load others, or reset":                                                                     "这些权重不是数；请载入其他权重，或恢复初始权重",
	"the first batch is too much already, so the inputs or the initial weights are too large; scale the data to about -1 to 1": "第一批就已超出范围，说明输入或初始权重太大；请把数据缩放到大约 -1 到 1",
	"the steps were too large for this model; try a learning rate ten times smaller, or clip_norm 1, and reset":                "对这个模型来说每一步迈得太大；请把学习率减小到十分之一，或把“按范数裁剪梯度”设为 1，然后恢复初始权重",

	"the weights do not fit: %s":                                                               "权重不相配：%s",
	"%s is %v in the file, and the model wants %v":                                             "%s 在文件里的形状是 %s，而模型要求 %s",
	"the file has nothing for %q, which model.only names":                                      "model.only 指定了 %s，而文件里没有它的权重",
	"it has none of the model's names":                                                         "文件里没有模型所用的名称",
	"nothing has the right shape; %s is %v in the file, and the model wants %v":                "没有一个形状相配；%s 在文件里是 %s，而模型要求 %s",
	"it has none of the model's names; it has %s and the model %s, so a prefix may be missing": "文件里没有模型所用的名称；文件里有 %s，而模型有 %s，也许缺少前缀（prefix）",
}
