package kernel

// An Act is an activation whose derivative is a function of its output, so
// that it can be fused into the product before it and differentiated without
// keeping its input.
type Act uint8

const (
	None    Act = iota
	ReLU        // 0 if x < 0, else x
	Tanh        // tanh(x)
	Sigmoid     // 1/(1+exp(-x))
)

// Activate applies act to every element, Tanh and Sigmoid to within 4 units in
// the last place. y may be x.
//
//	for i := range y {
//		y[i] = act(x[i])
//	}
func Activate(y, x []float32, act Act) {
	same("Activate", len(y), len(x))
	switch act {
	case ReLU:
		active.relu(y, x)
	case Tanh:
		active.tanh(y, x)
	case Sigmoid:
		active.sig(y, x)
	default:
		copy(y, x)
	}
}

// ActivateGrad takes a gradient back through act, whose output was y. dx may
// be dy.
//
//	for i := range dx {
//		dx[i] = dy[i] * act'(y[i]) // ReLU: y > 0 (or NaN); Tanh: 1-y*y; Sigmoid: y*(1-y)
//	}
func ActivateGrad(dx, dy, y []float32, act Act) {
	same("ActivateGrad", len(dx), len(dy), len(y))
	switch act {
	case ReLU:
		active.reluGrad(dx, dy, y)
	case Tanh:
		active.tanhGrad(dx, dy, y)
	case Sigmoid:
		active.sigGrad(dx, dy, y)
	default:
		copy(dx, dy)
	}
}

func reluLoop(y, x []float32) {
	for i, v := range x {
		if v < 0 {
			v = 0
		}
		y[i] = v
	}
}

func reluGradLoop(dx, dy, y []float32) {
	for i, v := range y {
		d := dy[i]
		if v <= 0 {
			d = 0
		}
		dx[i] = d
	}
}

func tanhGradLoop(dx, dy, y []float32) {
	for i, v := range y {
		dx[i] = dy[i] * (1 - v*v)
	}
}

func sigmoidGradLoop(dx, dy, y []float32) {
	for i, v := range y {
		dx[i] = dy[i] * (v * (1 - v))
	}
}
