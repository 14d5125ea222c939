package language

import "maps"

func init() { maps.Copy(chinese, chineseComfort) }

var chineseComfort = map[string]string{
	"command.title":  "执行任意操作",
	"command.find":   "输入想做的事",
	"command.none":   "没有这样的操作。",
	"command.save":   "把实验保存为文件",
	"command.run":    "训练",
	"command.stage":  "前往",
	"command.page":   "页面",
	"command.preset": "打开",
	"command.data":   "数据",
	"command.layer":  "添加层",

	"keys.change":  "更改按键：%s",
	"keys.press":   "请按一个键",
	"keys.taken":   "这个键已用于：%s",
	"keys.usual":   "恢复默认按键",
	"keys.search":  "执行任意操作",
	"keys.play":    "训练或暂停",
	"keys.step":    "走一步",
	"keys.reset":   "恢复初始权重",
	"keys.help":    "帮助与按键",
	"keys.stage":   "前往：%s",
	"help.tour":    "带我看看",
	"help.open":    "选择一个实验",
	"tour.title":   "快速导览",
	"tour.start":   "带我看看",
	"tour.at":      "第 %d 步，共 %d 步",
	"tour.next":    "下一步",
	"tour.back":    "上一步",
	"tour.skip":    "跳过",
	"tour.end":     "完成",
	"tour.1.title": "数据。",
	"tour.1.text":  "模型从样本中学习。点击别的图案可换一组点；“全部数据”里有图像、表格、文本，也可以用您自己的文件。",
	"tour.2.title": "模型。",
	"tour.2.text":  "各层把样本变成答案。点击一层即可修改，也可以添加新的层。",
	"tour.3.title": "训练。",
	"tour.3.text":  "按下“训练”：每一步模型看几个样本，把权重改好一点点。",
	"tour.4.title": "观察。",
	"tour.4.text":  "图中是模型此刻的看法；曲线表示它错了多少。灰色是它学习用的样本，紫色是它没见过的样本。",
	"tour.5.title": "评估。",
	"tour.5.text":  "看看它错在哪里，亲自试一试，最后再打开封存的测试样本。",
}
