package language

// keepProblems is why a run is not kept, or does not come back.
var keepProblems = map[string]string{
	"the browser gives this page no more room":                          "浏览器不再给本页更多空间",
	"a later version of this page has kept runs here; reload to get it": "本页的更新版本已在这里保存过训练；请重新加载以取得新版",
	"the browser keeps nothing: %v":                                     "浏览器没有保存：%s",
	"its weights are not kept here":                                     "这里没有保存它的权重",
	"what is kept of it is not what was written":                        "保存的内容与写入时不一致",
	"the header is said to have %d bytes; at most %d are read":          "文件头声称有 %s 字节；至多读取 %s 字节",
	"there is no place here where runs are kept":                        "这里没有保存训练的地方",
}
