package data

func init() {
	Register(Info{
		Type: "fashion_mnist", Title: "Fashion-MNIST", Kind: "images",
		Doc: "70,000 pictures of clothes, 28×28 grey pixels each, by Zalando Research: of MNIST's size, and harder. The site has them only where Debian's package dataset-fashion-mnist was installed when it was built.",
		New: func() Source { return newIDXSource(&fashion) },
	})
}

var fashion = database{
	name: "fashion_mnist", title: "Fashion-MNIST",
	classes: []string{"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"},
	files: [4]idxFile{
		{"fashion-mnist/train-images-idx3-ubyte.gz", 60000, 26421856},
		{"fashion-mnist/train-labels-idx1-ubyte.gz", 60000, 29491},
		{"fashion-mnist/t10k-images-idx3-ubyte.gz", 10000, 4422079},
		{"fashion-mnist/t10k-labels-idx1-ubyte.gz", 10000, 5125},
	},
	train: [10]int{6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000},
	test:  [10]int{1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000},
}
