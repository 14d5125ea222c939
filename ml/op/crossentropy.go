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
// loss is the sum over its labels. A label of Ignored, or one of Ignore, does
// not count: it adds nothing to the loss and has no gradient. Dividing the sum
// over a batch by how many of its labels count gives the mean that
// torch.nn.CrossEntropyLoss has, however the batch was cut.
//
// With smoothing ε and class weights w the target is q instead of a one-hot
// row, as torch.nn.CrossEntropyLoss has it:
//
//	q[j] = ε/classes·w[j], and (1-ε)·w[t] more where j = t
//	loss = Σj q[j]·(log Σk e^x[k] - x[j])
//	dx = (softmax(x)·Σ q - q)·dloss
//
// PyTorch's mean divides by the sum of the weights, while here the mean is over
// the labels whatever they weigh, as Keras has it.
//
// A third input mix[n, labels+1] holds for each sample other labels o, as many
// as it has of its own, and after them how much its own count (mixup):
//
//	loss = λ·loss(t) + (1-λ)·loss(o)
type CrossEntropy struct {
	Smoothing float32   // ε, from 0 to below 1
	Weights   []float32 // of the classes; nil for 1 each
	Ignore    []int     // labels that do not count, besides Ignored
}

// Ignored is the label that never counts, as PyTorch has it: it fills up what
// is short, or belongs to what is not asked for.
const Ignored = -100

func (CrossEntropy) Name() string { return "cross_entropy" }

func (v CrossEntropy) Plan(in []tensor.Shape) (graph.Plan, error) {
	mixed := len(in) == 3
	if !mixed {
		if err := arity("cross_entropy", in, 2); err != nil {
			return graph.Plan{}, err
		}
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
	p := graph.Plan{Out: tensor.Shape{x[0]}, Save: x.Len(), Temp: t.Len(), NeedsIn: 0b10, FLOPs: 5 * int64(x.Len())}
	if mixed {
		want := tensor.Shape{x[0], t.Len()/max(1, x[0]) + 1}
		if !in[2].Equal(want) {
			return graph.Plan{}, config.Problem("cross_entropy mixes samples by mix%v, the other labels of each and the share of its own, not %v", want, in[2])
		}
		p.Temp, p.NeedsIn, p.FLOPs = 2*t.Len()+x[0], 0b110, 2*p.FLOPs
	}
	return p, nil
}

func (v CrossEntropy) plain() bool { return v.Smoothing == 0 && v.Weights == nil }

func (v CrossEntropy) Forward(c *graph.Call) {
	v.losses(c.Out.Data, c, c.In[1].Data)
	if len(c.In) == 2 {
		return
	}
	m, samples := len(c.In[1].Data), len(c.Out.Data)
	other, loss := c.Temp[m:2*m], c.Temp[2*m:2*m+samples]
	for i := range samples {
		_, labels := mixture(c, i)
		copy(other[i*len(labels):], labels)
	}
	v.losses(loss, c, other)
	for i, l := range loss {
		share, _ := mixture(c, i)
		c.Out.Data[i] = float32(share*c.Out.Data[i]) + float32((1-share)*l)
	}
}

// mixture returns how much of a sample is its own, and the other labels.
func mixture(c *graph.Call, i int) (share float32, other []float32) {
	steps := len(c.In[1].Data) / len(c.Out.Data)
	mix := c.In[2].Data[i*(steps+1) : (i+1)*(steps+1)]
	return mix[steps], mix[:steps]
}

// losses sets out to the samples' losses for these labels.
func (v CrossEntropy) losses(out []float32, c *graph.Call, label []float32) {
	m, n := rows(c.In[0])
	loss := out
	if m != len(out) {
		loss = c.Temp[:m]
	}
	kernel.SoftmaxCrossEntropy(loss, c.Save, c.In[0].Data, label, m, n)
	for i := range loss {
		if !v.plain() || v.ignored(label[i]) {
			loss[i] = v.row(loss[i], c.In[0].Data[i*n:(i+1)*n], label[i])
		}
	}
	if m == len(out) {
		return
	}
	steps := m / max(1, len(out))
	for i := range out {
		sum := float32(0)
		for _, l := range loss[i*steps : (i+1)*steps] {
			sum += l
		}
		out[i] = sum
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
	return label == Ignored || v.Ignore != nil && slices.Contains(v.Ignore, int(label))
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
	for i, up := range c.DOut.Data {
		own, probs := label[i*steps:(i+1)*steps], c.Save[i*steps*n:(i+1)*steps*n]
		to := dx[i*steps*n : (i+1)*steps*n]
		if len(c.In) == 2 {
			v.gradient(to, probs, own, up, total, false)
			continue
		}
		share, other := mixture(c, i)
		v.gradient(to, probs, own, share*up, total, false)
		v.gradient(to, probs, other, (1-share)*up, total, true)
	}
}

// gradient sets dx to a sample's gradient for these labels, or adds it.
func (v CrossEntropy) gradient(dx, probs, label []float32, up, total float32, add bool) {
	n := len(dx) / max(1, len(label))
	for i, l := range label {
		row, prob := dx[i*n:(i+1)*n], probs[i*n:(i+1)*n]
		t := int(l)
		if v.ignored(l) || t < 0 || t >= n {
			if !add {
				clear(row)
			}
			continue
		}
		right := (1 - v.Smoothing) * v.weight(t)
		if add {
			kernel.Axpy(row, prob, up*(right+total))
		} else {
			kernel.Scale(row, prob, up*(right+total))
		}
		row[t] -= up * right
		for j := 0; j < n && v.Smoothing > 0; j++ {
			row[j] -= up * (v.Smoothing / float32(n)) * v.weight(j)
		}
	}
}
