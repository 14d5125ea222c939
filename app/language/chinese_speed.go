package language

import "maps"

func init() { maps.Copy(chinese, chineseSpeed) }

// chineseSpeed is english_speed.go in Chinese.
var chineseSpeed = map[string]string{
	"speed.open":     "速度：时间花在哪里",
	"speed.title":    "时间花在哪里",
	"speed.close":    "关闭",
	"speed.gflops":   "运算",
	"speed.samples":  "样本",
	"speed.step":     "每步用时",
	"speed.giga":     "%s GFLOPS",
	"speed.second":   "每秒 %s 个",
	"speed.ms":       "%s 毫秒",
	"speed.wait":     "训练运行时才计时；一秒后出现第一批数字。",
	"speed.phases":   "阶段",
	"speed.share":    "所占时间",
	"speed.data":     "读取样本",
	"speed.forward":  "前向",
	"speed.backward": "反向",
	"speed.exchange": "与其他工作线程交换",
	"speed.update":   "更新参数",
	"speed.layers":   "各层",
	"speed.loss":     "损失",
}
