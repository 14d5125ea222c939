package draw

import (
	"math"
	"strconv"
	"time"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A Series is one line of a chart: values over x, both of one length.
type Series struct {
	Label  string
	Colour string // a token's name
	X, Y   []float64
	Level  bool // a line to compare with: thin, dashed, without points
	Faint  bool // what a smooth line is made of: pale, without points
	Dashed bool
}

// A Chart is a uPlot chart inside an element.
type Chart struct {
	ID      string
	Percent bool       // from 0 to 1, shown as percent
	LogX    bool       // x has a logarithmic scale
	Log     bool       // y has
	Zoom    [2]float64 // the part of x on show; all of it where both are the same
	plot    goapp.Value
	element goapp.Value
	style   string
	text    string
	funcs   []goapp.Func
}

// Told is what a chart tells of the pointer; what is nil is not told.
type Told struct {
	Read func(x float64)        // the x under it, NaN when it has left
	Drag func(from, to float64) // a part of x was drawn over; both are the same for a double click, which wants all back
}

// Draw shows the series. The chart is made anew when its style or the theme has changed.
func (c *Chart) Draw(series []Series, told Told) {
	window := goapp.Window()
	element := window.GetElementByID(c.ID)
	if !element.Truthy() || !window.Get("uPlot").Truthy() {
		return
	}
	width, height := element.Get("clientWidth").Int(), element.Get("clientHeight").Int()
	if width == 0 || height == 0 {
		return
	}
	data := align(series)
	options := c.options(series)
	if c.plot == nil || c.style != options || !element.Equal(c.element) {
		c.Close()
		c.style, c.element, c.text = options, element, data
		c.plot = window.Get("uPlot").New(c.complete(options, told), parse(data), element)
		if told.Drag != nil {
			c.plot.Get("over").Call("addEventListener", "dblclick", c.listen(func(goapp.Value) { told.Drag(0, 0) }))
		}
		return
	}
	if c.plot.Get("width").Int() != width || c.plot.Get("height").Int() != height {
		size := parse("{}")
		size.Set("width", width)
		size.Set("height", height)
		c.plot.Call("setSize", size)
	}
	if c.text != data {
		c.text = data
		c.plot.Call("setData", parse(data))
	}
}

// Canvas is what the chart is drawn on; nil where there is none.
func (c *Chart) Canvas() goapp.Value {
	if c.plot == nil {
		return nil
	}
	return c.plot.Get("ctx").Get("canvas")
}

// Close takes the chart away.
func (c *Chart) Close() {
	if c.plot == nil {
		return
	}
	c.plot.Call("destroy")
	c.plot, c.element, c.style = nil, nil, ""
	// What uPlot was told just before it still draws, at the end of the turn that is running, and asks for all of them.
	funcs := c.funcs
	c.funcs = nil
	time.AfterFunc(time.Second, func() {
		for _, f := range funcs {
			f.Release()
		}
	})
}

// listen makes a function that the browser can call, for as long as the chart is there.
func (c *Chart) listen(f func(first goapp.Value)) goapp.Func {
	made := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		f(args[0])
		return nil
	})
	c.funcs = append(c.funcs, made)
	return made
}

// options writes what can be written of uPlot's options; a difference means another chart. The size is not among them.
func (c *Chart) options(series []Series) string {
	grid, text := Token("line").String(), Token("text-soft").String()
	b := []byte(`{"cursor":{"sync":{"key":"descent","scales":["x",null]},"drag":{"x":true,"y":false,"setScale":false,"dist":6},"points":{"size":7}},"legend":{"show":false},` +
		`"padding":[8,24,0,0],"scales":{"x":{"time":false`)
	if c.LogX {
		b = append(b, `,"distr":3`...)
	}
	if c.Zoom[1] > c.Zoom[0] {
		b = append(append(b, `,"range":[`...), number(nil, c.Zoom[0])...)
		b = append(append(append(b, ','), number(nil, c.Zoom[1])...), ']')
	}
	b = append(b, `},"y":{`...)
	if c.Log {
		b = append(b, `"distr":3`...)
	} else if c.Percent {
		b = append(b, `"range":[0,1]`...)
	}
	axis := `"stroke":"` + text + `","font":"11px system-ui, sans-serif","grid":{"stroke":"` + grid + `","width":1},"ticks":{"show":false},"gap":4`
	b = append(b, `}},"axes":[{`+axis+`,"size":24,"space":48},{`+axis+`,"size":52,"space":24}],"series":[{}`...)
	for _, s := range series {
		colour := Token(s.Colour)
		switch {
		case s.Level:
			b = append(b, `,{"spanGaps":true,"width":1,"dash":[4,4],"points":{"show":false},"stroke":"`+colour.String()+`"}`...)
		case s.Faint:
			b = append(b, `,{"spanGaps":true,"width":1,"points":{"show":false},"stroke":"`+colour.faint()+`"}`...)
		case s.Dashed:
			b = append(b, `,{"spanGaps":true,"width":1.5,"dash":[2,3],"points":{"show":false},"stroke":"`+colour.String()+`"}`...)
		default:
			b = append(b, `,{"spanGaps":true,"width":2,"stroke":"`+colour.String()+`"`...)
			b = append(b, `,"points":{"size":5}}`...) // uPlot shows them while there is room
		}
	}
	return string(append(b, "]}"...))
}

// complete adds to the options what is no text: the size, and functions.
func (c *Chart) complete(options string, told Told) goapp.Value {
	o := parse(options)
	o.Set("width", c.element.Get("clientWidth"))
	o.Set("height", c.element.Get("clientHeight"))
	percent := c.Percent
	format := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		ticks := args[1]
		out := make([]any, ticks.Length())
		for i := range out {
			if v := ticks.Index(i); !v.Truthy() && v.IsNull() {
				out[i] = ""
			} else if percent {
				out[i] = strconv.FormatFloat(100*v.Float(), 'g', 4, 64) + " %"
			} else {
				out[i] = strconv.FormatFloat(v.Float(), 'g', 4, 64)
			}
		}
		return out
	})
	across := goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		ticks := args[1]
		out := make([]any, ticks.Length())
		for i := range out {
			out[i] = ""
			if v := ticks.Index(i); !v.IsNull() {
				out[i] = place(v.Float())
			}
		}
		return out
	})
	c.funcs = append(c.funcs, format, across)
	o.Get("axes").Index(0).Set("values", across) // uPlot's own have three decimals at most
	o.Get("axes").Index(1).Set("values", format)
	hooks := parse(`{"setCursor":[],"setSelect":[]}`)
	o.Set("hooks", hooks)
	if told.Read != nil {
		hooks.Get("setCursor").Call("push", c.listen(func(plot goapp.Value) {
			at := plot.Get("cursor").Get("idx")
			if at.IsNull() || at.IsUndefined() {
				told.Read(math.NaN())
				return
			}
			told.Read(plot.Get("data").Index(0).Index(at.Int()).Float())
		}))
	}
	if told.Drag == nil {
		o.Get("cursor").Get("drag").Set("x", false)
		return o
	}
	hooks.Get("setSelect").Call("push", c.listen(func(plot goapp.Value) {
		chosen := plot.Get("select")
		left, width := chosen.Get("left").Float(), chosen.Get("width").Float()
		if width < 6 {
			return
		}
		from, to := plot.Call("posToVal", left, "x").Float(), plot.Call("posToVal", left+width, "x").Float()
		none := parse(`{"left":0,"top":0,"width":0,"height":0}`)
		plot.Call("setSelect", none, false)
		told.Drag(from, to)
	}))
	return o
}

// place writes a number of an axis: four figures of what is small, thousands of what is large, as state.Count has them.
func place(v float64) string {
	if math.Abs(v) < 1000 {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	s := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// align writes the series over one x, with null where a series has no value there. As text it reaches the browser in
// one call.
func align(series []Series) string {
	at := make([]int, len(series))
	columns := make([][]byte, len(series)+1)
	for i := range columns {
		columns[i] = []byte{'['}
	}
	for first := true; ; first = false {
		x := math.Inf(1)
		for i, s := range series {
			if at[i] < len(s.X) {
				x = min(x, s.X[at[i]])
			}
		}
		if math.IsInf(x, 1) {
			break
		}
		if !first {
			for i := range columns {
				columns[i] = append(columns[i], ',')
			}
		}
		columns[0] = strconv.AppendFloat(columns[0], x, 'g', 8, 64)
		for i, s := range series {
			if at[i] < len(s.X) && s.X[at[i]] == x {
				columns[i+1] = number(columns[i+1], s.Y[at[i]])
				at[i]++
			} else {
				columns[i+1] = append(columns[i+1], "null"...)
			}
		}
	}
	out := []byte{'['}
	for i, c := range columns {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, c...), ']')
	}
	return string(append(out, ']'))
}

func number(b []byte, v float64) []byte {
	if v != v || math.IsInf(v, 0) {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, v, 'g', 6, 64)
}

func parse(text string) goapp.Value { return goapp.Window().Get("JSON").Call("parse", text) }

// Titled makes a PNG of a chart's canvas on a ground, with a title above it.
func Titled(canvas goapp.Value, title, ground, text string, done func(blob goapp.Value)) {
	if canvas == nil || !canvas.Truthy() {
		return
	}
	window := goapp.Window()
	ratio := window.Get("devicePixelRatio").Float()
	head := int(36 * ratio)
	out := window.Get("document").Call("createElement", "canvas")
	out.Set("width", canvas.Get("width"))
	out.Set("height", canvas.Get("height").Int()+head)
	ctx := out.Call("getContext", "2d")
	ctx.Set("fillStyle", Token(ground).String())
	ctx.Call("fillRect", 0, 0, out.Get("width"), out.Get("height"))
	ctx.Set("fillStyle", Token(text).String())
	ctx.Set("font", strconv.Itoa(int(14*ratio))+"px system-ui, sans-serif")
	ctx.Call("fillText", title, 12*ratio, 23*ratio)
	ctx.Call("drawImage", canvas, 0, head)
	var ready goapp.Func
	ready = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		done(args[0])
		ready.Release()
		return nil
	})
	out.Call("toBlob", ready, "image/png")
}
