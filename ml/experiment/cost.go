package experiment

// Cost is what one sample of training takes, with its loss.
type Cost struct {
	Trained           int   // parameters that training moves: neither frozen nor statistics
	Forward, Backward int64 // FLOPs
}

// Cost works out what one sample of training takes, without any memory for it.
func (e *Experiment) Cost() (Cost, error) {
	g, heads, _, err := e.Graph(1)
	if err != nil {
		return Cost{}, err
	}
	opt := programOptions(heads, true)
	opt.Again = e.Train.Recompute
	of := g.Measure(opt)
	c := Cost{Forward: of.Forward, Backward: of.Backward}
	for _, info := range g.Params() {
		if !info.Frozen && !info.State {
			c.Trained += info.Shape.Len()
		}
	}
	return c, nil
}
