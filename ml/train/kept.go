package train

import (
	"descent/ml/evaluation"
	"descent/ml/nn"
)

// Keep asks for what the model answered to each sample, and returns the
// evaluation. It must come before the first Next.
func (e *Evaluation) Keep() *Evaluation {
	p := e.t.evals[0].program(1)
	o := &evaluation.Outputs{}
	single := p.answers.classes == len(p.predict.Data) && (p.answers.labels <= 1)
	switch {
	case p.answers.kind == nn.SomeValue:
		o.Single, o.Width = true, len(p.predict.Data)
	case p.answers.kind == nn.YesNo:
		o.Classes = 2
		if o.Single = len(p.predict.Data) == 1; o.Single {
			o.Width = 2
		}
	default:
		o.Classes = p.answers.classes
		if o.Single = single; o.Single {
			o.Width = p.answers.classes
		}
	}
	e.kept = o
	return e
}

// Outputs returns what was kept so far; nil without Keep.
func (e *Evaluation) Outputs() *evaluation.Outputs { return e.kept }

// keep takes over what a program has computed of some samples.
func (p *program) keep(o *evaluation.Outputs, ids []int) {
	n := len(ids)
	o.Count += n
	each := len(p.predict.Data) / n
	switch p.answers.kind {
	case nn.SomeValue:
		told := len(p.y.Data) / n
		for i, id := range ids {
			o.Tell(id, p.predict.Data[i*each:(i+1)*each], p.y.Data[i*told:(i+1)*told])
		}
	case nn.YesNo:
		for i, yes := range p.predict.Data {
			o.Decide(ids[i/each], int(truth(p.y.Data[i] > 0.5)), []float32{1 - yes, yes})
		}
	default:
		c := p.answers.classes
		rows := len(p.predict.Data) / c
		for row := range rows {
			if label, counts := p.answers.label(p.y.Data, row, rows); counts {
				o.Decide(ids[row*n/rows], label, p.predict.Data[row*c:(row+1)*c])
			}
		}
	}
}
