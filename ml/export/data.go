package export

import (
	"fmt"
	"strings"

	"descent/ml/config"
	"descent/ml/python"
)

// known are the sources that both libraries bring along.
var known = map[string]string{"mnist": "mnist", "fashion_mnist": "fashion_mnist"}

// torchSets are PyTorch's names of them.
var torchSets = map[string]string{"mnist": "MNIST", "fashion_mnist": "FashionMNIST"}

// loader writes load_data: training and validation samples with their labels.
func (w *writer) loader(b *strings.Builder) {
	source := w.e.Data.Source
	b.WriteString("def load_data():\n")
	if set, ok := known[source]; ok && w.natural() {
		w.loadKnown(b, set)
	} else {
		w.loadAnything(b)
	}
	w.preprocess(b)
	b.WriteString("    return x_train, y_train, x_valid, y_valid\n")
}

// natural reports whether samples are as their source has them, in order.
func (w *writer) natural() bool {
	s := w.e.Data.Split
	return !s.Shuffle && !s.Stratify && len(w.plan.Meta.X) == 3 && w.plan.Input.Equal(w.plan.Meta.X)
}

func (w *writer) loadKnown(b *strings.Builder, set string) {
	train, valid := w.plan.Train, w.plan.Validation
	if w.to == Keras {
		fmt.Fprintf(b, "    (x, y), _ = keras.datasets.%s.load_data()\n", set)
		b.WriteString("    x = x[..., np.newaxis].astype(\"float32\")\n")
	} else {
		fmt.Fprintf(b, "    from torchvision import datasets\n\n    images = datasets.%s(\"data\", train=True, download=True)\n", torchSets[w.e.Data.Source])
		b.WriteString("    x, y = images.data.unsqueeze(1).float(), images.targets\n")
	}
	fmt.Fprintf(b, "    x_train, y_train = x[:%d], y[:%[1]d]\n", train)
	fmt.Fprintf(b, "    x_valid, y_valid = x[%d:%d], y[%[1]d:%d]\n", train, train+valid, train+valid)
}

// loadAnything draws numbers in the shape of the data, where no library brings it along.
func (w *writer) loadAnything(b *strings.Builder) {
	m := w.plan.Meta
	valid := w.plan.Validation
	b.WriteString(python.Comment("    ", fmt.Sprintf("Put your own samples here. Descent reads the source %q, which this library does not bring along: "+
		"%d samples to train on and %d to validate with. The numbers below only have their shape, so that the program runs.",
		w.e.Data.Source, w.plan.Train, valid)))
	shape := []int(w.plan.Input)
	if w.to == PyTorch && len(shape) == 3 {
		shape = []int{shape[2], shape[0], shape[1]}
		b.WriteString("    # Images are [channels, height, width].\n")
	}
	rest := strings.TrimSuffix(strings.TrimPrefix(python.Tuple(shape...), "("), ")")
	rest = strings.TrimSuffix(rest, ",")
	target := python.Tuple(m.Y...)[1:]
	target = strings.TrimSuffix(strings.TrimSuffix(target, ")"), ",")
	one := m.Y.Len() == 1 && len(m.Classes) > 0
	draw := func(part string, n int) {
		x, y := "", ""
		if w.to == Keras {
			x = fmt.Sprintf("rng.normal(size=(%d, %s)).astype(\"float32\")", n, rest)
			if m.Tokens > 0 {
				x = fmt.Sprintf("rng.integers(0, %d, (%d, %s))", m.Tokens, n, rest)
			}
			switch {
			case one:
				y = fmt.Sprintf("rng.integers(0, %d, %d)", len(m.Classes), n)
			case len(m.Classes) > 0:
				y = fmt.Sprintf("rng.integers(0, %d, (%d, %s))", len(m.Classes), n, target)
			default:
				y = fmt.Sprintf("rng.normal(size=(%d, %s)).astype(\"float32\")", n, target)
			}
		} else {
			x = fmt.Sprintf("torch.randn(%d, %s)", n, rest)
			if m.Tokens > 0 {
				x = fmt.Sprintf("torch.randint(%d, (%d, %s))", m.Tokens, n, rest)
			}
			switch {
			case one:
				y = fmt.Sprintf("torch.randint(%d, (%d,))", len(m.Classes), n)
			case len(m.Classes) > 0:
				y = fmt.Sprintf("torch.randint(%d, (%d, %s))", len(m.Classes), n, target)
			default:
				y = fmt.Sprintf("torch.randn(%d, %s)", n, target)
			}
		}
		fmt.Fprintf(b, "    x_%s, y_%[1]s = %s, %s\n", part, x, y)
	}
	if w.to == Keras {
		fmt.Fprintf(b, "    rng = np.random.default_rng(%d)\n", w.e.Seed)
	}
	draw("train", w.plan.Train)
	draw("valid", valid)
}

// preprocess writes the steps that are plain arithmetic, and names the others.
func (w *writer) preprocess(b *strings.Builder) {
	for _, s := range w.e.Data.Preprocess {
		set := map[string]float64{}
		for _, f := range s.Settings.Fields() {
			if v := f.Value(); v.Kind == config.Number {
				set[f.Name] = v.Num
			}
		}
		axes := "0"
		if n := len(w.plan.Meta.X); n > 1 { // of each colour
			axes = "(0, 1, 2)"
			if w.to == PyTorch {
				axes = "(0, 2, 3)"
			}
		}
		keep := "keepdims=True"
		if w.to == PyTorch {
			keep = "keepdim=True"
		}
		switch s.Type {
		case "scale":
			text := " * " + python.Float(set["factor"])
			if n := 1 / set["factor"]; rounds(n) {
				text = fmt.Sprintf(" / %d", int(n+0.5))
			}
			if set["offset"] != 0 {
				text += " + " + python.Float(set["offset"])
			}
			fmt.Fprintf(b, "    x_train, x_valid = x_train%s, x_valid%[1]s\n", text)
		case "standardise":
			deviation := "std"
			args := axes + ", " + keep
			if w.to == PyTorch {
				args = axes + ", unbiased=False, " + keep
			}
			fmt.Fprintf(b, "    mean, deviation = x_train.mean(%s, %s), x_train.%s(%s)\n", axes, keep, deviation, args)
			b.WriteString("    x_train, x_valid = (x_train - mean) / deviation, (x_valid - mean) / deviation\n")
		default:
			b.WriteString(python.Comment("    ", fmt.Sprintf("Descent also prepares the samples with %q, which is not written here.", s.Type)))
		}
	}
}

// rounds reports whether a number is a whole one but for its last digits.
func rounds(n float64) bool {
	whole := float64(int(n + 0.5))
	return whole > 0 && n-whole < 1e-9*whole && whole-n < 1e-9*whole
}
