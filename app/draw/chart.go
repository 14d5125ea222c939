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
}

// A Chart is a uPlot chart inside an element.
type Chart struct {
	ID      string
	Percent bool // from 0 to 1, shown as percent
	Log     bool
	Unit    string // of x
	plot    goapp.Value
	element goapp.Value
	style   string
	text    string
	readout goapp.Func
	format  goapp.Func
}

// Draw shows the series. The chart is made anew when its style or the theme has changed. The readout is told the x
// under the pointer, NaN when it has left.
func (c *Chart) Draw(series []Series, readout func(x float64)) {
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
	options := c.options(series, width, height)
	if c.plot == nil || c.style != options || !element.Equal(c.element) {
		c.Close()
		c.style, c.element, c.text = options, element, data
		c.plot = window.Get("uPlot").New(c.complete(options, readout), parse(data), element)
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

// Close takes the chart away.
func (c *Chart) Close() {
	if c.plot == nil {
		return
	}
	c.plot.Call("destroy")
	c.plot, c.element, c.style = nil, nil, ""
	// What uPlot was told just before it still draws, at the end of the turn that is running, and asks for both.
	readout, format := c.readout, c.format
	time.AfterFunc(time.Second, func() {
		readout.Release()
		format.Release()
	})
}

// options writes what can be written of uPlot's options; a difference means another chart. The size is not among them.
func (c *Chart) options(series []Series, _, _ int) string {
	grid, text := Token("line").String(), Token("text-soft").String()
	b := []byte(`{"cursor":{"sync":{"key":"descent","scales":[null,null]},"drag":{"x":false,"y":false},"points":{"size":7}},"legend":{"show":false},` +
		`"padding":[8,24,0,0],"scales":{"x":{"time":false},"y":{`)
	if c.Log {
		b = append(b, `"distr":3`...)
	} else if c.Percent {
		b = append(b, `"range":[0,1]`...)
	}
	axis := `"stroke":"` + text + `","font":"11px system-ui, sans-serif","grid":{"stroke":"` + grid + `","width":1},"ticks":{"show":false},"gap":4`
	b = append(b, `}},"axes":[{`+axis+`,"size":24,"space":48},{`+axis+`,"size":44,"space":24}],"series":[{}`...)
	for _, s := range series {
		if s.Level {
			b = append(b, `,{"spanGaps":true,"width":1,"dash":[4,4],"points":{"show":false},"stroke":"`+Token(s.Colour).String()+`"}`...)
			continue
		}
		b = append(b, `,{"spanGaps":true,"width":2,"stroke":"`+Token(s.Colour).String()+`"`...)
		b = append(b, `,"points":{"size":5}}`...) // uPlot shows them while there is room
	}
	return string(append(b, "]}"...))
}

// complete adds to the options what is no text: the size, and functions.
func (c *Chart) complete(options string, readout func(float64)) goapp.Value {
	o := parse(options)
	o.Set("width", c.element.Get("clientWidth"))
	o.Set("height", c.element.Get("clientHeight"))
	percent := c.Percent
	c.format = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
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
	o.Get("axes").Index(1).Set("values", c.format)
	c.readout = goapp.FuncOf(func(_ goapp.Value, args []goapp.Value) any {
		at := args[0].Get("cursor").Get("idx")
		if at.IsNull() || at.IsUndefined() {
			readout(math.NaN())
			return nil
		}
		readout(args[0].Get("data").Index(0).Index(at.Int()).Float())
		return nil
	})
	hooks := parse(`{"setCursor":[]}`)
	hooks.Get("setCursor").Call("push", c.readout)
	o.Set("hooks", hooks)
	return o
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
