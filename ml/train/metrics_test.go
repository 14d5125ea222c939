package train

import (
	"math"
	"slices"
	"testing"

	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/tensor"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/integrate"
	"gonum.org/v1/gonum/stat"
)

// scored makes a program that has computed the given scores, targets and
// predictions, for a tally to read.
func scored(kind nn.Answer, width int, score, y, predict []float32, ignore ...int) *program {
	n := len(score) / width
	return &program{
		loss: tensor.New(n), score: tensor.Tensor{Shape: tensor.Shape{n, width}, Data: score},
		y: tensor.Tensor{Shape: tensor.Shape{n, len(y) / n}, Data: y}, predict: tensor.Tensor{Shape: tensor.Shape{n, width}, Data: predict},
		answers: answers{kind: kind, classes: width, ignore: ignore}, logits: kind == nn.OneClass, counts: width, Program: &graph.Program{},
	}
}

// reported tallies the program in pieces of the given sizes.
func reported(parts ...*program) Report {
	var m Metrics
	t := parts[0].tally()
	for _, p := range parts {
		m = m.Plus(p.measure())
		t.add(p)
	}
	return t.report(m)
}

func close(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) || math.IsNaN(got) != math.IsNaN(want) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// curve is the area under gonum's ROC curve.
func curve(scores []float64, is []bool) float64 {
	s, c := slices.Clone(scores), slices.Clone(is)
	order := make([]int, len(s))
	floats.Argsort(s, order)
	for i, at := range order {
		c[i] = is[at]
	}
	tpr, fpr, _ := stat.ROC(nil, s, c, nil)
	return integrate.Trapezoidal(fpr, tpr)
}

func TestClassMetrics(t *testing.T) {
	const n, c = 300, 6
	s := tensor.NewStream(3, "metrics")
	logits, labels, shown := make([]float32, n*c), make([]float32, n), make([]float32, n*c)
	for i := range labels {
		labels[i] = float32(s.Intn(uint64(i), c-1)) // the last class has no samples
		for j := range c {
			logits[i*c+j] = float32(math.Round(2*s.Normal(uint64(1000+i*c+j)))) / 2 // with ties
		}
		logits[i*c+int(labels[i])] += 1
	}
	probability := make([][]float64, n)
	for i := range probability {
		row, sum := make([]float64, c), 0.0
		for j := range row {
			row[j] = math.Exp(float64(logits[i*c+j]))
			sum += row[j]
		}
		for j := range row {
			row[j] /= sum
			shown[i*c+j] = float32(row[j])
		}
		probability[i] = row
	}
	whole := scored(nn.OneClass, c, logits, labels, shown)
	r := reported(whole)
	cut := 70
	pieces := reported(scored(nn.OneClass, c, logits[:cut*c], labels[:cut], shown[:cut*c]), scored(nn.OneClass, c, logits[cut*c:], labels[cut:], shown[cut*c:]))
	for name, v := range r.Values {
		if pieces.Values[name] != v {
			t.Errorf("%s is %v in one piece and %v in two", name, v, pieces.Values[name])
		}
	}

	confusion := make([][]int, c)
	for i := range confusion {
		confusion[i] = make([]int, c)
	}
	surprise, top, correct := 0.0, 0, 0
	for i := range n {
		l := int(labels[i])
		best := 0
		for j := range c {
			if logits[i*c+j] > logits[i*c+best] {
				best = j
			}
		}
		confusion[l][best]++
		if best == l {
			correct++
		}
		order := []int{0, 1, 2, 3, 4, 5}
		slices.SortStableFunc(order, func(a, b int) int {
			return int(2 * (logits[i*c+b] - logits[i*c+a]))
		})
		if slices.Contains(order[:5], l) {
			top++
		}
		surprise -= math.Log(probability[i][l])
	}
	close(t, "accuracy", r.Values["accuracy"], float64(correct)/n)
	close(t, "top_k", r.Values["top_k"], float64(top)/n)
	close(t, "perplexity", r.Values["perplexity"], math.Exp(surprise/n))
	close(t, "bits_per_character", r.Values["bits_per_character"], surprise/n/math.Log(2))
	var precision, recall, f1, auc float64
	for j := range c {
		row, column := 0, 0
		for k := range c {
			row += confusion[j][k]
			column += confusion[k][j]
			if r.Confusion[j][k] != confusion[j][k] {
				t.Errorf("confusion of %d with %d is %d, want %d", j, k, r.Confusion[j][k], confusion[j][k])
			}
		}
		p, q := float64(confusion[j][j])/float64(max(1, column)), float64(confusion[j][j])/float64(max(1, row))
		precision, recall = precision+p, recall+q
		close(t, "precision", r.Classes[j].Precision, p)
		close(t, "recall", r.Classes[j].Recall, q)
		if p+q > 0 {
			f1 += 2 * p * q / (p + q)
			close(t, "F1", r.Classes[j].F1, 2*p*q/(p+q))
		}
		if row == 0 {
			if !math.IsNaN(r.Classes[j].AUC) {
				t.Errorf("class %d has no samples and an AUC of %v", j, r.Classes[j].AUC)
			}
			continue
		}
		scores, is := make([]float64, n), make([]bool, n)
		for i := range n {
			scores[i], is[i] = float64(shown[i*c+j]), int(labels[i]) == j
		}
		want := curve(scores, is)
		close(t, "AUC", r.Classes[j].AUC, want)
		auc += want
	}
	close(t, "mean precision", r.Values["precision"], precision/c) // the last class is predicted, so it counts
	close(t, "mean recall", r.Values["recall"], recall/c)
	close(t, "mean F1", r.Values["f1"], f1/c)
	close(t, "mean AUC", r.Values["roc_auc"], auc/(c-1))
}

// What does not count is in no figure; a distribution's class is its likeliest.
func TestLabelsThatDoNotCount(t *testing.T) {
	logits := []float32{2, 1, 0, 0, 0, 3, 1, 5, 2}
	r := reported(scored(nn.OneClass, 3, logits, []float32{0, -1, 0}, logits, -1))
	if r.Scored != 2 || r.Correct != 1 || r.Confusion[0][0] != 1 || r.Confusion[0][1] != 1 {
		t.Errorf("%+v", r)
	}
	soft := reported(scored(nn.OneClass, 3, logits, []float32{0.6, 0.4, 0, 0, 0.1, 0.9, 1, 0, 0}, logits))
	if soft.Scored != 3 || soft.Correct != 2 {
		t.Errorf("distributions: %+v", soft)
	}
}

func TestYesNoMetrics(t *testing.T) {
	// Two questions of four samples.
	p := []float32{0.9, 0.2, 0.6, 0.7, 0.4, 0.8, 0.1, 0.6}
	y := []float32{1, 0, 0, 1, 1, 0, 0, 1}
	r := reported(scored(nn.YesNo, 2, p, y, p))
	close(t, "accuracy", r.Values["accuracy"], 5.0/8)
	for j, want := range []struct{ precision, recall float64 }{{1.0 / 2, 1.0 / 2}, {2.0 / 3, 1}} {
		close(t, "precision", r.Classes[j].Precision, want.precision)
		close(t, "recall", r.Classes[j].Recall, want.recall)
		var scores []float64
		var is []bool
		for i := range 4 {
			scores, is = append(scores, float64(p[2*i+j])), append(is, y[2*i+j] == 1)
		}
		close(t, "AUC", r.Classes[j].AUC, curve(scores, is))
	}
}

func TestValueMetrics(t *testing.T) {
	s := tensor.NewStream(5, "values")
	const n = 200
	x, y := make([]float32, n), make([]float32, n)
	var estimates, values, gone, squares []float64
	for i := range x {
		y[i] = float32(1000 + s.Normal(uint64(i)))
		x[i] = y[i] + float32(0.3*s.Normal(uint64(n+i)))
		estimates, values = append(estimates, float64(x[i])), append(values, float64(y[i]))
		gone = append(gone, math.Abs(float64(x[i])-float64(y[i])))
		squares = append(squares, gone[i]*gone[i])
	}
	r := reported(scored(nn.SomeValue, 1, x[:50], y[:50], x[:50]), scored(nn.SomeValue, 1, x[50:], y[50:], x[50:]))
	close(t, "mae", r.Values["mae"], stat.Mean(gone, nil))
	close(t, "rmse", r.Values["rmse"], math.Sqrt(stat.Mean(squares, nil)))
	close(t, "r2", r.Values["r2"], stat.RSquaredFrom(estimates, values, nil))
	if _, ok := r.Values["accuracy"]; ok {
		t.Error("values have an accuracy")
	}
	flat := reported(scored(nn.SomeValue, 1, []float32{1, 2}, []float32{3, 3}, nil))
	if v, ok := flat.Values["r2"]; ok {
		t.Errorf("values that are all the same have an R² of %v", v)
	}
}

// A detailed evaluation of a real model says the same on any number of cores.
func TestReportOfModel(t *testing.T) {
	var want Report
	for _, workers := range []int{1, 2, 3} {
		tr := open(t, "keras-convnet", small, workers)
		losses(t, tr, 10)
		e := tr.Evaluate(Test, 0).Detail()
		e.Run()
		got := e.Report()
		if workers == 1 {
			want = got
			total := 0
			for _, row := range got.Confusion {
				for _, n := range row {
					total += n
				}
			}
			if total != 100 || got.K != 5 || got.Values["top_k"] < got.Values["accuracy"] {
				t.Errorf("%d samples in the matrix; %v", total, got.Values)
			}
			if math.Abs(math.Log(got.Values["perplexity"])-got.Loss()) > 1e-5 {
				t.Errorf("perplexity %v of a loss of %v", got.Values["perplexity"], got.Loss())
			}
			continue
		}
		for name, v := range want.Values {
			if got.Values[name] != v {
				t.Errorf("%d workers: %s is %v, with one %v", workers, name, got.Values[name], v)
			}
		}
	}
}
