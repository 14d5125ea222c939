package session

import (
	"math"

	"descent/ml/graph"
	"descent/ml/nn"
	"descent/ml/tensor"
)

// What a picture of a network has room for.
const (
	maxTiers = 10 // with the input and the output
	maxUnits = 16 // of a tier
)

// tiers lists the tiers of the model: the input, every dense layer, and what
// else is computed of them. A layer that maps each unit by itself, such as an
// activation or a normalisation, is what its units have become.
func (s *Session) tiers() []Tier {
	plan, _ := s.exp.Plan() // it was checked when it was read
	size := plan.Input.Len()
	tiers := []Tier{{Path: nn.InputName, Layer: nn.InputName, All: size}}
	at, last := map[string]int{nn.InputName: 0}, nn.InputName
	for i, n := range s.exp.Model.Nodes {
		from := n.From
		if len(from) == 0 {
			from = []string{last}
		}
		last = n.ID
		size := plan.Rows[i].Output.Len()
		tier := at[from[0]]
		if _, dense := n.Layer.(*nn.Dense); !dense && len(from) == 1 && tier > 0 && tiers[tier].Path == from[0] && tiers[tier].All == size {
			tiers[tier].Path = n.ID
			at[n.ID] = tier
			continue
		}
		t := Tier{Path: n.ID, Layer: n.ID, All: size}
		for _, id := range from {
			t.From = append(t.From, at[id])
		}
		at[n.ID] = len(tiers)
		tiers = append(tiers, t)
	}
	return tiers
}

// cut leaves out the tiers that there is no room for, before the last.
func cut(tiers []Tier) (shown []Tier, more int) {
	more = max(0, len(tiers)-maxTiers)
	if more == 0 {
		return tiers, 0
	}
	first, last := tiers[:maxTiers-1], tiers[len(tiers)-1]
	var from []int
	for _, f := range last.From {
		if f < len(first) {
			from = append(from, f)
		}
	}
	last.From = from
	return append(first[:len(first):len(first)], last), more
}

// showNetwork adds what each unit answers to the points of the plane.
func (s *Session) showNetwork(e *Event, blob func([]byte) int) {
	side := min(s.views.want.Units, maxMap)
	if side <= 0 || !s.plane() {
		return
	}
	tiers, more := cut(s.tiers())
	var paths []string
	for _, t := range tiers[1:] {
		paths = append(paths, t.Path)
	}
	probe := s.glass.units.at(s, side*side, paths...)
	probe.RunRaw(s.grid(side, 0, side))
	out := &Network{Step: s.train.StepNumber(), Side: side, More: more}
	var maps []byte
	var numbers []float32
	for i := range tiers {
		t := &tiers[i]
		t.Units = min(t.All, maxUnits)
		values := probe.Input()
		if i > 0 {
			values = probe.Values(t.Path)
		}
		if i == len(tiers)-1 && len(s.set.Meta.Classes) > 0 {
			if answers := probe.Answers(); len(answers.Data) == len(values.Data) {
				values, t.Chances = answers, true
			}
		}
		maps = t.draw(maps, values, side)
		if dense, ok := s.node(t.Layer).(*nn.Dense); ok && len(t.From) == 1 {
			numbers = t.weigh(numbers, s.train.Shown(), tiers[t.From[0]].Units, dense.Bias)
		}
	}
	out.Tiers, out.Maps, out.Weights = tiers, blob(maps), blob(float32s(numbers))
	e.Network = out
}

// node returns a layer by its name; nil for the input.
func (s *Session) node(id string) nn.Layer {
	for _, n := range s.exp.Model.Nodes {
		if n.ID == id {
			return n.Layer
		}
	}
	return nil
}

// grid is the middles of the pixels of so many rows of a map, the top row first.
func (s *Session) grid(side, from, rows int) []float32 {
	w := s.views.want
	x := s.views.pictures[0][:0]
	for i := from; i < from+rows; i++ {
		for j := range side {
			x = append(x,
				float32(w.Low+w.Side*(float64(j)+0.5)/float64(side)),
				float32(w.Low+w.Side*(float64(side-1-i)+0.5)/float64(side)))
		}
	}
	s.views.pictures[0] = x
	return x
}

// draw appends the map of each unit that is shown, all in one scale: the full
// colour stands for the largest number, or for twice the root of the mean
// square, so that a few far corners do not make all else pale.
func (t *Tier) draw(maps []byte, values tensor.Tensor, side int) []byte {
	t.Most = 1
	if !t.Chances {
		t.Most = 0
		squares, n := 0.0, 0
		for i, v := range values.Data {
			if f := float64(v); i%t.All < t.Units && f-f == 0 {
				t.Most = max(t.Most, f, -f)
				squares, n = squares+f*f, n+1
			}
		}
		t.Most = min(t.Most, 2*math.Sqrt(squares/float64(max(1, n))))
	}
	scale := float32(0)
	if t.Most > 0 {
		scale = float32(127 / t.Most)
	}
	for u := range t.Units {
		for i := range side * side {
			v := values.Data[i*t.All+u] * scale
			if !(v > -127) { // NaN too
				v = -127
			}
			maps = append(maps, byte(128.5+min(v, 127)))
		}
	}
	return maps
}

// weigh appends the weights of the units that are shown, unit after unit, and
// their biases.
func (t *Tier) weigh(numbers []float32, params *graph.Params, reads int, biased bool) []float32 {
	at, ok := params.Find(t.Layer + ".weight")
	if !ok {
		return numbers
	}
	t.HasWeights = true
	weight := params.Of(params.Value, at) // [in, units]
	for u := range t.Units {
		for i := range reads {
			numbers = append(numbers, weight[i*t.All+u])
		}
	}
	bias := make([]float32, t.Units)
	if at, ok := params.Find(t.Layer + ".bias"); ok && biased {
		copy(bias, params.Of(params.Value, at))
	}
	return append(numbers, bias...)
}

// boundaryOf draws what one unit answers to every point of the square. The
// answer of the model's last layer, where it tells classes apart, is a
// probability.
func (s *Session) boundaryOf(unit Unit, blob func([]byte) int) *Picture {
	tiers := s.tiers()
	var tier *Tier
	for i := range tiers {
		if tiers[i].Path == unit.Path {
			tier = &tiers[i]
		}
	}
	if tier == nil || unit.Index < 0 || unit.Index >= tier.All {
		return nil
	}
	n := s.views.want.Boundary
	var paths []string
	if tier.Path != nn.InputName {
		paths = append(paths, tier.Path)
	}
	probe := s.glass.unit.at(s, n, paths...)
	last, classes := tier.Path == tiers[len(tiers)-1].Path, len(s.set.Meta.Classes)
	values := s.views.pictures[1][:0]
	most := float32(0)
	chances := false
	for row := range n {
		probe.RunRaw(s.grid(n, row, 1))
		from := probe.Input()
		if len(paths) > 0 {
			from = probe.Values(tier.Path)
		}
		if answers := probe.Answers(); last && classes > 0 && len(answers.Data) == len(from.Data) {
			from, chances = answers, true
		}
		for i := range n {
			v := from.Data[i*tier.All+unit.Index]
			values = append(values, v)
			if v-v == 0 {
				most = max(most, v, -v)
			}
		}
	}
	s.views.pictures[1] = values
	w := Watch{Palette: s.views.want.Signed}
	if chances {
		most = 1
		if tier.All > 1 { // the colour of the class, as far as it is likely
			w.Palette = []int{w.pick(1), w.pick(1), s.views.want.pick(unit.Index)}
		}
	}
	rgba := make([]byte, 0, 4*n*n)
	for _, v := range values {
		if most > 0 {
			v /= most
		}
		if chances && tier.All == 1 {
			v = 2*v - 1
		}
		rgba = append(append(rgba, w.colour([]float32{v}, 0)...), 255)
	}
	return &Picture{Width: n, Height: n, Blob: blob(rgba), Step: s.train.StepNumber(), Unit: unit, Most: float64(most)}
}
