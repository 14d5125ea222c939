package language

var layerExplanations = map[string]string{
	"The function applied to each output; softmax makes the outputs probabilities that add up to 1": "作用于每个输出的函数；softmax 使输出成为总和为 1 的概率。",
	"Only for leaky_relu: how steep it is below zero":                                               "仅用于 leaky_relu：零以下有多陡。",
	"Only for elu: how far below zero it goes, to -alpha":                                           "仅用于 elu：零以下最低到 −alpha。",

	"How many steps the window takes": "窗口包含多少个时间步。",
	"How far the window moves; 0 means by its own size, so that windows do not overlap": "窗口每次移动多远；0 表示移动自身的大小，窗口互不重叠。",
	"Height and width of the window": "窗口的高和宽。",
	"valid stays inside the sequence, which shrinks; same adds zeros at both ends, so that stride 1 keeps its length; causal adds them at the beginning only, so that nothing sees its future; or how many zeros: [each end], or [beginning, end]": "不填充：停留在序列内，序列变短；保持大小：在两端补零，步幅为 1 时长度不变；因果：只在开头补零，因此看不到未来；也可写补零的个数：[两端]，或 [开头, 结尾]。",
	"valid stays inside the image, which shrinks; same adds zeros around it, so that stride 1 keeps its size; or how many zeros: [top and bottom, left and right], or [top, bottom, left, right]":                                                  "不填充：停留在图像内，图像变小；保持大小：在四周补零，步幅为 1 时大小不变；也可写补零的个数：[上下, 左右]，或 [上, 下, 左, 右]。",
	"valid keeps all that is painted; same cuts it to stride times the input's size; or how many cells are cut away: [top and bottom, left and right], or [top, bottom, left, right]":                                                              "不填充：保留画出的全部；保持大小：裁到输入大小的步幅倍；也可写裁去的格数：[上下, 左右]，或 [上, 下, 左, 右]。",

	"Added to the variance, so that nothing is divided by zero":                                                            "加在方差上，避免除以零。",
	"How much of the running mean and variance stays in each step, as Keras counts it; PyTorch's momentum is 1 minus this": "每一步保留多少滑动均值和方差，与 Keras 的定义相同；PyTorch 的动量是 1 减去它。",

	"How many patterns are looked for; each gives one channel of the output":                            "寻找多少种图案；每种给出输出的一个通道。",
	"How many steps a filter sees":                                                                      "一个滤波器看到多少个时间步。",
	"How far the filter moves between two outputs":                                                      "两个输出之间滤波器移动多远。",
	"How far apart the steps are that a filter sees; 2 leaves out every other one":                      "滤波器所看的时间步相隔多远；2 表示隔一个看一个。",
	"How far apart the cells are that a filter sees; 2 leaves out every other one":                      "滤波器所看的格子相隔多远；2 表示隔一个看一个。",
	"Into how many groups channels and filters are parted; a filter sees only its own group's channels": "把通道和滤波器分成几组；滤波器只看本组的通道。",
	"Height and width of a filter":                                                                      "滤波器的高和宽。",
	"How many channels the output has":                                                                  "输出有多少个通道。",
	"Height and width of the pattern that a cell paints":                                                "一个格子所画图案的高和宽。",
	"How far apart the patterns lie; with padding same, how many times larger the image becomes":        "图案之间相隔多远；保持大小时，也就是图像放大的倍数。",
	"How many filters each channel has, and how many channels come of it":                               "每个通道有多少个滤波器，也就是变成多少个通道。",
	"How many filters each channel has before they are mixed":                                           "混合之前，每个通道有多少个滤波器。",
	"How many times higher and wider the image becomes":                                                 "图像的高和宽放大多少倍。",
	"How the weights start: Glorot suits tanh and softmax, He suits relu, LeCun selu; uniform, normal and constant take a number, as in normal(0.02); zeros learn nothing in a hidden layer": "权重从何开始：Glorot 适合 tanh 和 softmax，He 适合 relu，LeCun 适合 selu；均匀、正态和常数可带一个数，如 normal(0.02)；全零在隐藏层学不到东西。",

	"How many outputs the layer has":                                                                                     "该层有多少个输出。",
	"Whether each unit has a number of its own that is added":                                                            "每个单元是否加上一个自己的数。",
	"Whether each token also has a number of its own that is added":                                                      "每个词元是否另外加上一个自己的数。",
	"The share of values that is switched off in each step":                                                              "每一步关掉的数值所占的比例。",
	"The share of channels that is switched off in each step":                                                            "每一步关掉的通道所占的比例。",
	"How large the random numbers are, as their standard deviation":                                                      "随机数有多大，以标准差表示。",
	"Into how many groups the channels are parted; 1 takes all together, as many as there are channels takes each alone": "把通道分成几组；1 表示全部在一起，与通道数相同则每个通道单独一组。",

	"How many different tokens there are; their numbers run from 0":     "有多少种不同的词元；编号从 0 开始。",
	"How many numbers a token's vector has":                             "一个词元的向量有多少个数。",
	"The node of the embedding whose table is shared":                   "与哪个嵌入节点共用一张表。",
	"The token that fills short texts up":                               "用来补齐短文本的词元。",
	"How many steps have a vector; 0 means as many as the sequence has": "多少个时间步有向量；0 表示与序列一样长。",

	"How many numbers the state has, and each output":                                                           "状态有多少个数，每个输出也一样。",
	"last gives the state after the whole sequence; all gives it after each step, as another sequence":          "最后一步：给出读完整个序列之后的状态；每一步：给出每步之后的状态，成为另一个序列。",
	"Also reads from the end to the start and puts both outputs side by side; not for predicting the next step": "同时从尾到头再读一遍，把两个输出并排放在一起；不适合预测下一步。",
	"How many of these are stacked, each reading the outputs of the one below":                                  "叠放多少层，每层读取下面一层的输出。",
	"The share of values that is switched off between stacked layers while training":                            "训练时在叠放的层之间关掉的数值所占的比例。",

	"How many heads look at once, each at its own part of the channels":                                                             "有多少个头同时工作，每个头看自己的那部分通道。",
	"How many heads of keys and values the heads share, which saves weights; 0 means one each":                                      "各头共用多少个键值头，可节省权重；0 表示各有一个。",
	"Whether a step sees only itself and the steps before it, as is needed to predict the next":                                     "每一步是否只看自己和前面的步；预测下一步时需要这样。",
	"Turns queries and keys by their position, so that a head can tell how far apart steps are":                                     "按位置旋转查询和键，使每个头能分辨各步相隔多远。",
	"How many units the first of the two dense layers has; 0 means four times the channels":                                         "两个全连接层中第一个有多少个单元；0 表示通道数的四倍。",
	"The function between the two dense layers":                                                                                     "两个全连接层之间的函数。",
	"pre normalises what goes into each half, which trains more easily; post normalises after each shortcut, as in the first paper": "之前：对每一半的输入归一化，更容易训练；之后：在每条捷径之后归一化，与最初的论文相同。",
	"The share of values that is switched off before each shortcut while training":                                                  "训练时在每条捷径之前关掉的数值所占的比例。",

	"The sizes of the result's dimensions, as [28, 28, 1]; one of them may be -1, for what is left over":                          "结果各维度的大小，如 [28, 28, 1]；其中一个可以是 −1，表示由其余的推出。",
	"The dimensions in their new order, counted from 1: [2, 1] turns rows into columns, [3, 1, 2] puts an image's channels first": "各维度的新次序，从 1 数起：[2, 1] 把行变成列，[3, 1, 2] 把图像的通道放到最前。",
}
