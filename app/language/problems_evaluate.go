package language

// What is refused where a model is evaluated.
var evaluateProblems = map[string]string{
	"nothing was evaluated yet": "还没有评估过",
	"there are no samples to look at: nothing was evaluated yet, or its answers are no single ones": "没有可看的样本：还没有评估过，或者一个样本有不止一个答案",
	"there is no such sample among those that were evaluated":                                       "评估过的样本中没有这一个",
	"there is no class or output %d to follow":                                                      "没有第 %s 个类别或输出可供跟踪",
	"only the columns of a table of at most %d can be shuffled":                                     "只能打乱至多 %s 列的表格",
	"the samples of this data are no texts that can be typed":                                       "这份数据的样本不是可以输入的文本",
	"only images can be covered patch after patch":                                                  "只有图像可以逐块遮挡",
}
