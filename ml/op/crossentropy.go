package op

import (
	"math"
	"slices"

	"descent/ml/config"
	"descent/ml/graph"
	"descent/ml/kernel"
	"descent/ml/tensor"
)

// CrossEntropy is the loss of a classification in nats, one number per sample,
// from the logits x[n, classes] and the class indices t[n, 1]:
//
//	loss[i] = log Σj e^x[i,j] - x[i,t[i]]
//	dx[i] = (softmax(x[i]) - onehot(t[i]))·dloss[i]
//
// It is softmax and negative log likelihood in one, which neither overflows
// nor loses digits. With logits x[n, time, classes] and t[n, time] a sample's
// loss is the mean over its time steps.
//
// With smoothing ε and class weights w the target is q instead of a one-hot
// row, as torch.nn.CrossEntropyLoss has it:
//
//	q[j] = ε/classes·w[j], and (1-ε)·w[t] more where j = t
//	loss = Σj q[j]·(log Σk e^x[k] - x[j])
//	dx = (softmax(x)·Σ q - q)·dloss
//
// PyTorch's mean divides by the sum of the weights, while here each sample has
// its own loss and the batch's mean divides by their number, as Keras does.
type CrossEntropy struct {
	Smoothing float32   // ε, from 0 to below 1
	Weights   []float32 // of the classes; nil for 1 each
	Ignore    []int     // rows with these labels do not count
}

func (CrossEntropy) Name() string { return "cross_entropy" }

func (v CrossEntropy) Plan(in []tensor.Shape) (graph.Plan, error) {
	if err := arity("cross_entropy", in, 2); err != nil {
		return graph.Plan{}, err
	}
	x, t := in[0], in[1]
	switch {
	case len(x) == 2 && t.Equal(tensor.Shape{x[0], 1}):
	case len(x) > 2 && t.Equal(x[:len(x)-1]):
	default:
		return graph.Plan{}, config.Problem("cross_entropy wants logits[n, classes] and labels[n, 1], or a label for each time step, not %v and %v", x, t)
	}
	if n := len(v.Weights); n > 0 && n != x[len(x)-1] {
		return graph.Plan{}, config.Problem("there are %d class weights for %d classes", n, x[len(x)-1])
	}
	return graph.Plan{Out: tensor.Shape{x[0]}, Save: x.Len(), Temp: t.Len(), NeedsIn: 0b10, FLOPs: 5 * int64(x.Len())}, nil
}

func (v CrossEntropy) plain() bool { return v.Smoothing == 0 && v.Weights == nil && v.Ignore == nil }

func (v CrossEntropy) Forward(c *graph.Call) {
	m, n := rows(c.In[0])
	label := c.In[1].Data
	if v.plain() && m == len(c.Out.Data) {
		kernel.SoftmaxCrossEntropy(c.Out.Data, c.Save, c.In[0].Data, label, m, n)
		return
	}
	loss := c.Temp[:m]
	kernel.SoftmaxCrossEntropy(loss, c.Save, c.In[0].Data, label, m, n)
	if !v.plain() {
		for i := 0; i < m; i++ {
			loss[i] = v.row(loss[i], c.In[0].Data[i*n:(i+1)*n], label[i])
		}
	}
	steps := m / max(1, len(c.Out.Data))
	for i := range c.Out.Data {
		sum := float32(0)
		for _, l := range loss[i*steps : (i+1)*steps] {
			sum += l
		}
		c.Out.Data[i] = sum / float32(max(1, v.counted(label[i*steps:(i+1)*steps])))
	}
}

// row turns a row's negative log likelihood into its loss.
func (v CrossEntropy) row(nll float32, x []float32, label float32) float32 {
	if v.ignored(label) {
		return 0
	}
	t := int(label)
	if nll != nll || t < 0 || t >= len(x) {
		return float32(math.NaN())
	}
	sum := (1 - v.Smoothing) * v.weight(t) * nll
	if v.Smoothing > 0 {
		each := v.Smoothing / float32(len(x))
		for j := range x {
			sum += each * v.weight(j) * (nll + (x[t] - x[j]))
		}
	}
	return sum
}

func (v CrossEntropy) weight(class int) float32 {
	if v.Weights == nil {
		return 1
	}
	return v.Weights[class]
}

func (v CrossEntropy) ignored(label float32) bool {
	return v.Ignore != nil && slices.Contains(v.Ignore, int(label))
}

func (v CrossEntropy) counted(labels []float32) int {
	n := len(labels)
	for _, l := range labels {
		if v.ignored(l) {
			n--
		}
	}
	return n
}

func (v CrossEntropy) Backward(c *graph.Call) {
	dx := c.DIn[0].Data
	if dx == nil {
		return
	}
	m, n := rows(c.In[0])
	label := c.In[1].Data
	steps := m / max(1, len(c.Out.Data))
	total := float32(0) // Σ of the smoothed part of q
	for j := 0; j < n && v.Smoothing > 0; j++ {
		total += v.Smoothing / float32(n) * v.weight(j)
	}
	for s := range c.Out.Data {
		each := c.DOut.Data[s] / float32(max(1, v.counted(label[s*steps:(s+1)*steps])))
		for i := s * steps; i < (s+1)*steps; i++ {
			row := dx[i*n : (i+1)*n]
			t := int(label[i])
			if v.ignored(label[i]) || t < 0 || t >= n {
				clear(row)
				continue
			}
			right := (1 - v.Smoothing) * v.weight(t)
			kernel.Scale(row, c.Save[i*n:(i+1)*n], each*(right+total))
			row[t] -= each * right
			for j := 0; j < n && v.Smoothing > 0; j++ {
				row[j] -= each * (v.Smoothing / float32(n)) * v.weight(j)
			}
		}
	}
}
