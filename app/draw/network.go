package draw

import (
	"math"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A Net is a network as a picture: tiers of units from left to right, each unit a small map, and the weights as lines
// between them.
type Net struct {
	Side    int    // pixels along each side of a map
	Maps    []byte // Side·Side for each unit, tier after tier; 128 is 0, 255 the full colour
	Numbers []float32
	Tiers   []NetTier
	Lit     [2]int // the tier and the unit pointed at; a tier of -1 for none
	Edge    [3]int // the tier, the unit and the input of the weight pointed at; likewise
	Kept    bool   // the unit stays
}

// A NetTier is the units of one column. Its weights stand in Numbers: of each unit those of the units that it reads, and
// at last the biases.
type NetTier struct {
	Units    int
	From     []int
	Chances  bool // of classes, whose colours the maps then have
	Weighted bool
	maps     int // where its maps begin, in units
	numbers  int // where its weights begin
}

// Index works out where each tier's maps and weights begin.
func (n *Net) Index() {
	units, numbers := 0, 0
	for i := range n.Tiers {
		t := &n.Tiers[i]
		t.maps, t.numbers = units, numbers
		units += t.Units
		if t.Weighted {
			numbers += t.Units * (n.Tiers[t.From[0]].Units + 1)
		}
	}
}

// Weight is the weight of an edge, or of the bias where the input is the one after the last.
func (n *Net) Weight(tier, unit, input int) (w float32, ok bool) {
	if tier < 0 || tier >= len(n.Tiers) || !n.Tiers[tier].Weighted {
		return 0, false
	}
	t := &n.Tiers[tier]
	reads := n.Tiers[t.From[0]].Units
	at := t.numbers + unit*reads + input
	if input == reads {
		at = t.numbers + t.Units*reads + unit
	}
	if at >= len(n.Numbers) {
		return 0, false
	}
	return n.Numbers[at], true
}

// A NetLayout is where the units of a network stand.
type NetLayout struct {
	Size, Gap     float64 // of a unit
	Column        float64 // from the middle of one tier to that of the next
	Height, inset float64
	units         []int
}

// Lay lays the network out in a width: units as large as there is room for.
func (n *Net) Lay(width float64) NetLayout {
	l := NetLayout{inset: 4}
	most := 1
	for _, t := range n.Tiers {
		l.units = append(l.units, t.Units)
		most = max(most, t.Units)
	}
	l.Column = width / float64(max(1, len(n.Tiers)))
	l.Gap = 8
	if most > 8 {
		l.Gap = 4
	}
	l.Size = math.Floor(min(46, max(16, 440/float64(most)-l.Gap), 0.56*l.Column))
	l.Height = max(168, float64(most)*(l.Size+l.Gap)-l.Gap) + 2*l.inset
	return l
}

// Place is the upper left corner of a unit.
func (l NetLayout) Place(tier, unit int) (x, y float64) {
	n := float64(l.units[tier])
	gap := min(3*l.Gap, (l.Height-2*l.inset-n*l.Size)/max(1, n-1)) // few units stand further apart
	tall := n*l.Size + (n-1)*gap
	return (float64(tier)+0.5)*l.Column - l.Size/2, (l.Height-tall)/2 + float64(unit)*(l.Size+gap)
}

// Unit finds the unit at a place, with some room around it.
func (l NetLayout) Unit(x, y float64) (tier, unit int, ok bool) {
	for t, n := range l.units {
		for u := range n {
			left, top := l.Place(t, u)
			if room := l.Gap / 2; x >= left-room && x <= left+l.Size+room && y >= top-room && y <= top+l.Size+room {
				return t, u, true
			}
		}
	}
	return 0, 0, false
}

// edge is the curve from one unit to another: two ends, between which it leaves and arrives level.
func (l NetLayout) edge(from, unit, tier, to int) (x1, y1, x2, y2 float64) {
	x1, y1 = l.Place(from, unit)
	x2, y2 = l.Place(tier, to)
	return x1 + l.Size, y1 + l.Size/2, x2, y2 + l.Size/2
}

// Nearest finds the weight whose line passes nearest to a place, within reach.
func (n *Net) Nearest(l NetLayout, x, y float64) (edge [3]int, ok bool) {
	least := 7.0
	for t := range n.Tiers {
		if !n.Tiers[t].Weighted {
			continue
		}
		from := n.Tiers[t].From[0]
		for u := range n.Tiers[t].Units {
			for i := range n.Tiers[from].Units {
				x1, y1, x2, y2 := l.edge(from, i, t, u)
				if x < x1 || x > x2 || x2 <= x1 {
					continue
				}
				// Where the curve is at x: its x grows evenly enough that a few halvings find it.
				low, high := 0.0, 1.0
				for range 12 {
					if at := (low + high) / 2; bend(x1, (x1+x2)/2, (x1+x2)/2, x2, at) < x {
						low = at
					} else {
						high = at
					}
				}
				if d := math.Abs(bend(y1, y1, y2, y2, low) - y); d < least {
					least, edge, ok = d, [3]int{t, u, i}, true
				}
			}
		}
	}
	return edge, ok
}

// bend is a cubic Bézier curve.
func bend(a, b, c, d, t float64) float64 {
	s := 1 - t
	return s*s*s*a + 3*s*s*t*b + 3*s*t*t*c + t*t*t*d
}

// DrawNet draws a network on the canvas of that id, and gives it the height it needs.
func DrawNet(id string, n *Net) {
	width := Width(id)
	if width == 0 || len(n.Tiers) == 0 {
		return
	}
	l := n.Lay(width)
	canvas := goapp.Window().GetElementByID(id)
	canvas.Get("style").Set("height", Px(l.Height))
	s, ok := open(id)
	if !ok {
		return
	}
	n.edges(s, l)
	n.units(s, l)
}

// thickness is in how many steps a weight's line gets thicker.
const thickness = 6

// edges draws the lines, all of one colour and thickness in one stroke. What does not touch the unit that is pointed at
// is faint.
func (n *Net) edges(s surface, l NetLayout) {
	negative, positive, plain := Token("negative").String(), Token("positive").String(), Token("edge").String()
	var lines [2][2][thickness + 1]path // lit; sign; the last is what has no weight
	for t := range n.Tiers {
		tier := &n.Tiers[t]
		most := n.strongest(t)
		for u := range tier.Units {
			for _, from := range tier.From {
				for i := range n.Tiers[from].Units {
					at, sign := thickness, 0
					if tier.Weighted {
						w, _ := n.Weight(t, u, i)
						share := math.Abs(float64(w)) / max(most, 1e-9)
						if share < 0.02 && n.Edge != [3]int{t, u, i} {
							continue
						}
						at = min(thickness-1, int(share*thickness))
						if w > 0 {
							sign = 1
						}
					} else if n.Tiers[from].Units == tier.Units && i != u {
						continue
					}
					lit := 0
					if n.touches(t, u, from, i) {
						lit = 1
					}
					x1, y1, x2, y2 := l.edge(from, i, t, u)
					p := &lines[lit][sign][at]
					p.add('M', x1, y1)
					p.add('C', (x1+x2)/2, y1, (x1+x2)/2, y2, x2, y2)
				}
			}
		}
	}
	s.ctx.Set("lineCap", "round")
	for lit := range 2 {
		for sign := range 2 {
			for at, p := range lines[lit][sign] {
				if len(p) == 0 {
					continue
				}
				colour, wide, strong := negative, 0.6+0.75*float64(at), 0.25+0.6*float64(at+1)/thickness
				if sign == 1 {
					colour = positive
				}
				if at == thickness {
					colour, wide, strong = plain, 1, 0.5
				}
				if lit == 1 && n.Edge[0] >= 0 {
					wide, strong = max(2.5, wide), 1
				}
				if lit == 0 && (n.Lit[0] >= 0 || n.Edge[0] >= 0) {
					strong *= 0.22
				}
				s.ctx.Set("strokeStyle", colour)
				s.ctx.Set("lineWidth", wide)
				s.ctx.Set("globalAlpha", strong)
				s.ctx.Call("stroke", p.value())
			}
		}
	}
	s.ctx.Set("globalAlpha", 1)
}

// touches reports whether an edge is pointed at, or ends at the unit that is.
func (n *Net) touches(tier, unit, from, input int) bool {
	if n.Edge[0] >= 0 {
		return n.Edge == [3]int{tier, unit, input}
	}
	return n.Lit == [2]int{tier, unit} || n.Lit == [2]int{from, input}
}

// strongest is the largest weight of a tier, without its sign.
func (n *Net) strongest(tier int) (most float64) {
	t := &n.Tiers[tier]
	if !t.Weighted {
		return 0
	}
	for _, w := range n.Numbers[min(t.numbers, len(n.Numbers)):min(t.numbers+t.Units*n.Tiers[t.From[0]].Units, len(n.Numbers))] {
		if v := math.Abs(float64(w)); v > most {
			most = v
		}
	}
	return most
}

// units draws the maps, side by side on one sheet, and a dot for each bias.
func (n *Net) units(s surface, l NetLayout) {
	total := 0
	for _, t := range n.Tiers {
		total += t.Units
	}
	if n.Side == 0 || len(n.Maps) < total*n.Side*n.Side {
		return
	}
	sheet := pixels(n.rgba(total), n.Side, n.Side*total)
	line, ink, paper := Token("edge").String(), Token("accent").String(), Token("map-ring").String()
	s.ctx.Set("imageSmoothingEnabled", true)
	for t := range n.Tiers {
		tier := &n.Tiers[t]
		for u := range tier.Units {
			x, y := l.Place(t, u)
			s.ctx.Call("save")
			s.ctx.Call("beginPath")
			s.ctx.Call("roundRect", x, y, l.Size, l.Size, 4)
			s.ctx.Set("fillStyle", paper)
			s.ctx.Call("fill")
			s.ctx.Call("clip")
			s.ctx.Call("drawImage", sheet, 0, (tier.maps+u)*n.Side, n.Side, n.Side, x, y, l.Size, l.Size)
			s.ctx.Call("restore")
			s.ctx.Set("strokeStyle", line)
			s.ctx.Set("lineWidth", 1)
			if n.Lit == [2]int{t, u} {
				s.ctx.Set("strokeStyle", ink)
				s.ctx.Set("lineWidth", 2.5)
				if n.Kept {
					s.ctx.Set("lineWidth", 3.5)
				}
			}
			s.ctx.Call("beginPath")
			s.ctx.Call("roundRect", x, y, l.Size, l.Size, 4)
			s.ctx.Call("stroke")
		}
	}
}

// rgba paints the maps below each other: probabilities in the colour of their class, other values by their sign.
func (n *Net) rgba(total int) []byte {
	var signed [256]Colour
	for i := range signed {
		signed[i] = mix(Token("map-middle"), Token("positive"), 0.85*math.Abs(float64(i-128))/127)
		if i < 128 {
			signed[i] = mix(Token("map-middle"), Token("negative"), 0.85*float64(128-i)/127)
		}
	}
	each := n.Side * n.Side
	out := make([]byte, 0, 4*total*each)
	at := 0
	for _, t := range n.Tiers {
		for u := range t.Units {
			shades := &signed
			if t.Chances {
				shades = chances(u, t.Units)
			}
			for _, v := range n.Maps[at : at+each] {
				c := shades[v]
				out = append(out, c[0], c[1], c[2], 255)
			}
			at += each
		}
	}
	return out
}

// chances are the colours of a probability: that of a class, or for a single one those of its two answers.
func chances(class, of int) *[256]Colour {
	var shades [256]Colour
	for i := range shades {
		p := max(0, float64(i-128)/127)
		if of == 1 {
			shades[i] = mix(Token("map-middle"), Token("positive"), 0.85*max(0, 2*p-1))
			if p < 0.5 {
				shades[i] = mix(Token("map-middle"), Token("negative"), 0.85*(1-2*p))
			}
			continue
		}
		shades[i] = mix(Token("map-middle"), Token("class-"+string(rune('0'+class%10))), 0.85*p)
	}
	return &shades
}
