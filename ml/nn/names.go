package nn

// alsoCalled is what other programs and papers call our layers, folded as
// config.Misnamed wants it. What is a setting here leads to its layer.
var alsoCalled = map[string]string{
	"linear": "dense", "fullyconnected": "dense", "fc": "dense", "timedistributed": "dense", "timedistributeddense": "dense",
	"relu": "activation", "leakyrelu": "activation", "prelu": "activation", "elu": "activation", "selu": "activation",
	"gelu": "activation", "silu": "activation", "swish": "activation", "hardswish": "activation", "softplus": "activation",
	"tanh": "activation", "sigmoid": "activation", "softmax": "activation",
	"convolution2d": "conv2d", "conv": "conv2d", "convolution1d": "conv1d",
	"deconv2d": "conv2d_transpose", "convtranspose2d": "conv2d_transpose", "transposedconv2d": "conv2d_transpose",
	"depthwise": "depthwise_conv2d", "separable": "separable_conv2d", "depthwiseseparableconv2d": "separable_conv2d",
	"maxpool": "max_pool2d", "maxpooling": "max_pool2d", "maxpooling2d": "max_pool2d", "maxpooling1d": "max_pool1d",
	"avgpool": "avg_pool2d", "averagepooling2d": "avg_pool2d", "averagepooling1d": "avg_pool1d",
	"globalaveragepooling2d": "global_avg_pool", "globalaveragepooling1d": "global_avg_pool", "adaptiveavgpool2d": "global_avg_pool",
	"globalmaxpooling2d": "global_max_pool", "globalmaxpooling1d": "global_max_pool",
	"upsample": "upsampling2d", "upsample2d": "upsampling2d",
	"batchnormalization": "batch_norm", "batchnorm1d": "batch_norm", "batchnorm2d": "batch_norm",
	"layernormalization": "layer_norm", "rmsnormalization": "rms_norm", "groupnormalization": "group_norm",
	"dropout1d": "spatial_dropout", "dropout2d": "spatial_dropout", "spatialdropout1d": "spatial_dropout", "spatialdropout2d": "spatial_dropout",
	"concat": "concatenate", "cat": "concatenate", "residual": "add", "skip": "add", "mul": "multiply",
	"rnn": "simple_rnn", "bidirectional": "lstm",
	"attention": "multi_head_attention", "selfattention": "multi_head_attention", "mha": "multi_head_attention",
	"scaleddotproductattention": "multi_head_attention", "groupedqueryattention": "multi_head_attention", "rotary": "multi_head_attention",
	"crossattention": "multi_head_attention", "transformer": "transformer_encoder", "encoder": "transformer_encoder", "decoder": "transformer_decoder",
	"positionalencoding": "sinusoidal_position", "positionembedding": "position_embedding",
	"meanpooling": "mean_over_time", "averageovertime": "mean_over_time", "cls": "cls_token", "classtoken": "cls_token",
	"mask": "padding_mask", "masking": "padding_mask", "tied": "tied_dense", "transpose": "permute", "noise": "gaussian_noise",
}

// initialiserAlsoCalled is likewise for initial weights.
var initialiserAlsoCalled = map[string]string{
	"xavier": "glorot_uniform", "xavieruniform": "glorot_uniform", "xaviernormal": "glorot_normal", "glorot": "glorot_uniform",
	"kaiming": "he_uniform", "kaiminguniform": "he_uniform", "kaimingnormal": "he_normal", "he": "he_normal", "lecun": "lecun_normal",
	"randomuniform": "uniform", "randomnormal": "normal", "gaussian": "normal", "truncnormal": "truncated_normal", "zero": "zeros",
	"ones": "constant", "unitlength": "normal",
}

// activationAlsoCalled is likewise for activations.
var activationAlsoCalled = map[string]string{
	"linear": "none", "identity": "none", "swish": "silu", "hswish": "hard_swish", "lrelu": "leaky_relu", "logistic": "sigmoid",
	"gelunew": "gelu_tanh", "geluapproximate": "gelu_tanh", "gelupytorchtanh": "gelu_tanh",
}
