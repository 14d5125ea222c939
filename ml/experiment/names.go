package experiment

// alsoCalled is what other programs and papers call the entries of our
// catalogues, folded as config.Misnamed wants it.
var alsoCalled = map[string]map[string]string{
	"loss": {
		"sparsecrossentropy": "cross_entropy", "sparsecategoricalcrossentropy": "cross_entropy", "categoricalcrossentropy": "cross_entropy",
		"nll": "cross_entropy", "nllloss": "cross_entropy", "softmaxcrossentropy": "cross_entropy", "crossentropyloss": "cross_entropy",
		"bce": "binary_cross_entropy", "binarycrossentropy": "binary_cross_entropy", "bcewithlogits": "binary_cross_entropy", "logloss": "binary_cross_entropy",
		"meansquarederror": "mse", "squarederror": "mse", "l2": "mse", "mseloss": "mse",
		"meanabsoluteerror": "mae", "absoluteerror": "mae", "l1": "mae", "l1loss": "mae",
		"smoothl1": "huber", "kl": "kl_divergence", "kld": "kl_divergence", "kldiv": "kl_divergence", "kullbackleibler": "kl_divergence",
	},
	"optimizer": {
		"nesterov": "momentum", "sgdm": "momentum", "sgdmomentum": "momentum", "gradientdescent": "sgd", "rms": "rmsprop",
	},
	"schedule": {
		"none": "constant", "fixed": "constant", "steplr": "step", "stepdecay": "step", "exp": "exponential",
		"cosineannealing": "cosine", "cosinewarmup": "cosine", "warmup": "cosine", "cosinedecay": "cosine",
		"onecyclelr": "one_cycle", "plateau": "reduce_on_plateau", "reducelronplateau": "reduce_on_plateau",
	},
	"preprocess": {
		"normalise": "standardise", "normalize": "standardise", "zscore": "standardise", "rescale": "scale", "rescaling": "scale",
		"minmaxscaler": "min_max", "minmaxscaling": "min_max", "impute": "fill_missing", "imputer": "fill_missing",
		"grey": "grayscale", "gray": "grayscale", "greyscale": "grayscale", "centercrop": "crop", "dummies": "one_hot",
	},
	"augment": {
		"translate": "shift", "translation": "shift", "randomtranslation": "shift", "crop": "shift", "randomcrop": "shift", "mirror": "flip",
		"randomflip": "flip", "rotation": "rotate", "randomrotation": "rotate", "scale": "zoom", "randomzoom": "zoom",
		"erase": "cutout", "randomerasing": "cutout", "gaussiannoise": "noise", "mix": "mixup",
	},
}
