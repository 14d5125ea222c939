package view

import (
	"math"
	"strconv"
	"strings"

	"descent/app/state"
	"descent/ml/config"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A setting is a field of the document in a form.
type setting struct {
	owner string // in the catalogue: "layer.dense"
	path  string // in the document
	field config.Field
	scale scale // of its slider; none without
	live  bool  // the slider acts while it moves
}

// pathID makes the path of a setting part of an id.
var pathID = strings.NewReplacer(".", "-", "[", "-", "]", "")

// field draws a setting: its name, what it means behind a button, the control, and what is wrong with it.
func (c *Core) field(s setting) goapp.UI {
	label, doc := c.Language.Field(s.owner, s.field.Name, s.field.Doc)
	id := "set-" + pathID.Replace(s.path)
	problem := c.ProblemAt(s.path)
	return goapp.Div().Class("field", "field-"+s.field.Form()).Body(
		goapp.Div().Class("field-name").Body(
			goapp.Label().For(id).Text(label),
			c.why(s.path, label, doc),
		),
		goapp.Div().Class("field-control").Body(
			when(s.scale != nil, func() goapp.UI { return c.slider(s, label) }),
			c.control(s, id, problem),
			goapp.If(s.field.Unit != "", goapp.Span().Class("unit").Text(c.unit(s.field.Unit))),
		),
		goapp.If(c.Hint == s.path, goapp.P().Class("hint").ID(id+"-hint").Text(doc)),
		goapp.If(problem != "", goapp.P().Class("wrong").ID(id+"-problem").Text(problem)),
	)
}

// why is the button that explains a setting.
func (c *Core) why(path, label, doc string) goapp.UI {
	return goapp.If(doc != "", goapp.Button().Type("button").Class("why").Title(doc).
		Aria("label", c.t("field.why", label)).Aria("expanded", c.Hint == path).
		OnClick(c.act(state.ShowHint{Of: path}), path).Body(icon("info")))
}

func (c *Core) unit(unit string) string {
	if unit == "%" || unit == "°" {
		return unit
	}
	return c.t("unit." + unit)
}

// A scale maps a slider's positions, whole numbers from 0, to values.
type scale interface {
	last() int
	value(position int) float64
	position(value float64) int
}

func (c *Core) slider(s setting, label string) goapp.UI {
	now, _ := strconv.ParseFloat(c.shown(s), 64)
	move := func(ctx goapp.Context, _ goapp.Event) {
		position, err := strconv.Atoi(ctx.JSSrc().Get("value").String())
		if err == nil {
			c.Do(state.Set{Path: s.path, Value: config.Num(s.scale.value(position))})
		}
	}
	slider := goapp.Input().Type("range").Min(0).Max(s.scale.last()).Step(1).Value(s.scale.position(now)).
		Aria("label", label).Aria("valuetext", c.shown(s)+" "+c.unit(s.field.Unit))
	if s.live {
		return slider.OnInput(move, s.path)
	}
	return slider.OnChange(move, s.path)
}

// decades has one significant digit a position: 0.00001, 0.00002, ..., 1.
type decades struct{ from, to int } // powers of ten

func (d decades) last() int { return 9 * (d.to - d.from) }

func (d decades) value(position int) float64 {
	v, _ := strconv.ParseFloat(strconv.Itoa(1+position%9)+"e"+strconv.Itoa(d.from+position/9), 64)
	return v
}

func (d decades) position(v float64) int {
	if v <= 0 {
		return 0
	}
	power := int(math.Floor(math.Log10(v) + 1e-9))
	digit := int(math.Round(v / math.Pow10(power)))
	return min(d.last(), max(0, 9*(power-d.from)+digit-1))
}

// doubling has the powers of two: 1, 2, 4, ...
type doubling struct{ powers int }

func (d doubling) last() int                  { return d.powers }
func (d doubling) value(position int) float64 { return float64(int(1) << position) }
func (d doubling) position(v float64) int {
	return min(d.powers, max(0, int(math.Round(math.Log2(max(1, v))))))
}

// even divides a range into equal steps.
type even struct{ min, max, step float64 }

func (e even) last() int { return int(math.Round((e.max - e.min) / e.step)) }
func (e even) value(position int) float64 {
	return math.Round((e.min+float64(position)*e.step)*1000) / 1000
}
func (e even) position(v float64) int {
	return min(e.last(), max(0, int(math.Round((v-e.min)/e.step))))
}

// sliderFor returns the scale that suits a field, or nil for one that is typed.
func sliderFor(f config.Field) scale {
	switch {
	case f.Form() != "float":
		return nil
	case f.Name == "lr":
		return decades{-5, 0}
	case f.Max <= 1 && f.Min == 0 && f.Max > 0.9 && f.Max < 0.999:
		return even{0, 0.95, 0.05}
	case (f.Unit == "%" || f.Unit == "°") && f.Max <= 100:
		return even{f.Min, f.Max, 5}
	}
	return nil
}
