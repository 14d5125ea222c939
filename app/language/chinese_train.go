package language

import "maps"

func init() { maps.Copy(chinese, chineseTrain) }

var chineseTrain = map[string]string{
	"train.form":    "训练方式",
	"rate.now":      "现在 %s，结束时 %s",
	"rate.describe": "本次训练各步的学习率：%s",
	"rate.changed":  "%s在第 %s 步由 %s 改为 %s",
	"rate.honest":   "文档里是最新的值。同一份文档若没有这些改动，训练结果会不同。",

	"curve.at":       "%s %s",
	"curve.describe": "%s，横轴为%s。数值见下表。",
	"curve.quality":  "显示的指标",
	"curve.choose":   "选择指标",

	"axis.epoch": "轮数",
	"axis.step":  "步数",
	"axis.time":  "训练秒数",

	"tools.title":      "曲线的画法",
	"tools.axis":       "横轴",
	"tools.smooth":     "平滑",
	"tools.smooth.doc": "滑动平均：每一点保留多少先前的平均值。原始的点以淡色画在下面。",
	"tools.logy":       "对数损失",
	"tools.logx":       "对数横轴",
	"tools.zoom":       "显示的范围。也可以用鼠标在图上拖出一段；双击恢复全部。",
	"zoom.in":          "缩小范围",
	"zoom.out":         "扩大范围",
	"zoom.left":        "向左移动",
	"zoom.right":       "向右移动",
	"zoom.all":         "全部",

	"inner.title":         "显示更新步骤的哪一方面",
	"inner.lr":            "学习率",
	"inner.grad_norm":     "梯度范数",
	"inner.ratio":         "更新幅度",
	"inner.doc.lr":        "一步沿坡向走多远。",
	"inner.doc.grad_norm": "所有权重的梯度在裁剪之前的长度。若大得不成比例，就是梯度爆炸。",
	"inner.doc.ratio":     "一步使权重移动的距离与权重大小之比。通常约为 0.001；0.1 太粗，0.00001 几乎不动。",

	"export.title": "保存：%s",
	"export.png":   "图表存为 PNG",
	"export.svg":   "图表存为 SVG",
	"export.csv":   "数值存为 CSV",

	"finding.diverged":    "训练发散了",
	"finding.broken_data": "数据中有不是数的值",
	"finding.exploding":   "梯度爆炸",
	"finding.vanishing":   "梯度消失",
	"finding.dead_relu":   "有单元“死”了",
	"finding.crawling":    "训练进展太慢",
	"finding.oscillating": "训练来回跳动",
	"finding.plateau":     "训练停滞不前",
	"finding.underfit":    "模型太简单",
	"finding.overfit":     "模型在死记硬背",
	"finding.imbalance":   "有些类别很少见",
	"finding.duplicates":  "同样的样本出现在两个部分",
	"finding.telling":     "有一列泄露了答案",
	"finding.too_good":    "好得不像真的？",
	"finding.unscaled":    "输入没有缩放",

	"verdict.done":     "训练结束",
	"verdict.early":    "训练提前结束",
	"verdict.best":     "验证最好的是第 %s 轮，损失为 %s。",
	"verdict.bestboth": "验证最好的是第 %s 轮，损失为 %s，准确率为 %s。",
	"verdict.look":     "查看结果",
}
