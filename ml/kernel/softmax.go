package kernel

import "math"

// Softmax turns each row of x[m,n] into probabilities. y may be x.
//
//	for i := range m {
//		top := max of row i
//		y[i,j] = exp(x[i,j]-top) / sum over j of exp(x[i,j]-top)
//	}
func Softmax(y, x []float32, m, n int) {
	atLeast("Softmax", "x", len(x), m*n)
	atLeast("Softmax", "y", len(y), m*n)
	for i := range m {
		active.shift(y[i*n:i*n+n], x[i*n:i*n+n], -active.rowMax(x[i*n:i*n+n]))
	}
	active.exp(y[:m*n], y[:m*n])
	for i := range m {
		normalise(y[i*n : i*n+n])
	}
}

// normalise divides a row by its sum, which it returns.
func normalise(y []float32) (sum float32) {
	for _, v := range y {
		sum += v
	}
	active.scale(y, y, 1/sum)
	return sum
}

// rowMaxLoop returns the largest number in x, passing over NaN.
func rowMaxLoop(x []float32) float32 {
	top := float32(math.Inf(-1))
	for _, v := range x {
		if v > top {
			top = v
		}
	}
	return top
}

// SoftmaxGrad takes a gradient back through Softmax, whose output was y. dx
// may be dy.
//
//	for i := range m {
//		s := sum over j of dy[i,j]*y[i,j]
//		dx[i,j] = y[i,j] * (dy[i,j] - s)
//	}
func SoftmaxGrad(dx, dy, y []float32, m, n int) {
	atLeast("SoftmaxGrad", "dx", len(dx), m*n)
	atLeast("SoftmaxGrad", "dy", len(dy), m*n)
	atLeast("SoftmaxGrad", "y", len(y), m*n)
	for i := range m {
		dxr, dyr, yr := dx[i*n:i*n+n], dy[i*n:i*n+n], y[i*n:i*n+n]
		var s float32
		for j, v := range yr {
			s += dyr[j] * v
		}
		for j, v := range yr {
			dxr[j] = v * (dyr[j] - s)
		}
	}
}

// SoftmaxCrossEntropy computes the softmax of each row of x[m,n] and minus the
// natural logarithm of the probability of the row's label, a class number held
// as a float32. prob may be x.
//
//	for i := range m {
//		prob[i] = softmax(x[i])
//		loss[i] = -log(prob[i,label[i]])
//	}
//
// The loss is taken from the logits, so it stays finite where prob underflows.
// A label that is no class number gives a NaN loss.
func SoftmaxCrossEntropy(loss, prob, x []float32, label []float32, m, n int) {
	atLeast("SoftmaxCrossEntropy", "x", len(x), m*n)
	atLeast("SoftmaxCrossEntropy", "prob", len(prob), m*n)
	atLeast("SoftmaxCrossEntropy", "loss", len(loss), m)
	atLeast("SoftmaxCrossEntropy", "label", len(label), m)
	for i := range m {
		row := x[i*n : i*n+n]
		top := active.rowMax(row)
		loss[i] = float32(math.NaN())
		if c := int(label[i]); c >= 0 && c < n && float32(c) == label[i] {
			loss[i] = row[c] - top
		}
		active.shift(prob[i*n:i*n+n], row, -top)
	}
	active.exp(prob[:m*n], prob[:m*n])
	for i := range m {
		sum := normalise(prob[i*n : i*n+n])
		loss[i] = float32(math.Log(float64(sum))) - loss[i]
	}
}
