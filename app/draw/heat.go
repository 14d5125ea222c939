package draw

import (
	"math"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// A Heat is a matrix of numbers in colours.
type Heat struct {
	Values     []float32
	Rows, Cols int
	RowNames   []string // nil for none
	ColNames   []string
	Most       float64 // the number with the full colour
	Signed     bool    // numbers below 0 have the other colour; else the scale begins at 0, and goes by the square root
	Linear     bool    // the scale of numbers without a sign goes by themselves instead
	Square     bool    // cells are square, however many there are
	Causal     bool    // what lies above the diagonal is not there
	At         [2]int  // the row and the column pointed at; -1 for none
}

// HeatLayout is where the cells of a heat map stand.
type HeatLayout struct {
	Left, Top     float64
	Width, Height float64 // of a cell
	Rows, Cols    int
	every         [2]int // each how manyth row and column has its name; 0 for none
	upright       bool   // the names of columns stand upright
}

const (
	nameWidth = 52.0 // of the names of rows
	nameLine  = 10.0 // what a name takes at least from one to the next
	nameWide  = 6.6  // of a letter
)

// Lay lays a heat map out in a width; cells are square and of a size to be pointed at where there is room, but no
// higher than the most. Where cells are too narrow for their names, columns have them upright, and not each has one.
func (h *Heat) Lay(width, most float64) HeatLayout {
	l := HeatLayout{Rows: h.Rows, Cols: h.Cols}
	if h.Rows == 0 || h.Cols == 0 {
		return l
	}
	if h.RowNames != nil {
		l.Left = min(nameWidth, width/5)
	}
	l.Width = min(26, (width-l.Left)/float64(h.Cols))
	l.Height = min(l.Width, most/float64(h.Rows))
	if h.RowNames == nil {
		l.Height = min(max(l.Width, 3), most/float64(h.Rows))
	}
	if h.Square {
		l.Width, l.Height = min(l.Width, l.Height), min(l.Width, l.Height)
	}
	often := func(cell float64) int { return int(math.Ceil(nameLine / max(cell, 0.1))) }
	if h.RowNames != nil {
		l.every[0] = often(l.Height)
	}
	if h.ColNames != nil {
		l.every[1] = often(l.Width)
		longest := 0
		for _, name := range h.ColNames {
			longest = max(longest, len([]rune(name)))
		}
		l.Top = 16
		if l.upright = nameWide*float64(min(longest, 6)) > l.Width; l.upright {
			l.Top = 8 + nameWide*float64(min(longest, 6))
		}
	}
	return l
}

// Total is the height of the whole map.
func (l HeatLayout) Total() float64 { return math.Ceil(l.Top + float64(l.Rows)*l.Height) }

// Cell returns the cell at a place; false where there is none.
func (l HeatLayout) Cell(x, y float64) (row, col int, ok bool) {
	if l.Width == 0 || l.Height == 0 {
		return 0, 0, false
	}
	col, row = int(math.Floor((x-l.Left)/l.Width)), int(math.Floor((y-l.Top)/l.Height))
	return row, col, col >= 0 && row >= 0 && col < l.Cols && row < l.Rows
}

// DrawHeat draws a heat map and gives the canvas the height it needs, which is at most that much.
func DrawHeat(id string, h Heat, most float64) {
	width := Width(id)
	if width == 0 || h.Rows == 0 || h.Cols == 0 || len(h.Values) < h.Rows*h.Cols {
		return
	}
	l := h.Lay(width, most)
	goapp.Window().GetElementByID(id).Get("style").Set("height", Px(l.Total()))
	s, ok := open(id)
	if !ok {
		return
	}
	sheet := pixels(h.rgba(), h.Cols, h.Rows)
	s.ctx.Set("imageSmoothingEnabled", false)
	s.ctx.Call("drawImage", sheet, 0, 0, h.Cols, h.Rows, l.Left, l.Top, l.Width*float64(h.Cols), l.Height*float64(h.Rows))
	s.ctx.Set("font", "11px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace")
	s.ctx.Set("textBaseline", "middle")
	soft, plain := Token("text-soft").String(), Token("text").String()
	name := func(text string, x, y float64, lit bool) {
		s.ctx.Set("fillStyle", soft)
		if lit {
			s.ctx.Set("fillStyle", plain)
		}
		s.ctx.Call("fillText", text, x, y)
	}
	named := func(i, at, every int) bool {
		return every > 0 && (i == at || i%every == 0 && !(at >= 0 && i != at && max(i-at, at-i) < every))
	}
	if h.RowNames != nil {
		s.ctx.Set("textAlign", "right")
		for i, text := range h.RowNames {
			if named(i, h.At[0], l.every[0]) {
				name(short(text, 6), l.Left-6, l.Top+(float64(i)+0.5)*l.Height, i == h.At[0])
			}
		}
	}
	for i, text := range h.ColNames {
		if !named(i, h.At[1], l.every[1]) {
			continue
		}
		x := l.Left + (float64(i)+0.5)*l.Width
		if !l.upright {
			s.ctx.Set("textAlign", "center")
			name(text, x, 8, i == h.At[1])
			continue
		}
		s.ctx.Call("save")
		s.ctx.Call("translate", x, l.Top-4)
		s.ctx.Call("rotate", -math.Pi/2)
		s.ctx.Set("textAlign", "left")
		name(short(text, 6), 0, 0, i == h.At[1])
		s.ctx.Call("restore")
	}
	if row, col := h.At[0], h.At[1]; row >= 0 && col >= 0 && row < h.Rows && col < h.Cols {
		s.ctx.Set("strokeStyle", plain)
		s.ctx.Set("lineWidth", 1.5)
		s.ctx.Call("strokeRect", l.Left+float64(col)*l.Width, l.Top+float64(row)*l.Height, l.Width, l.Height)
	}
}

// short cuts a name to so many characters.
func short(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	if most < 2 {
		return string(runes[:1])
	}
	return string(runes[:most-1]) + "…"
}

func (h *Heat) rgba() []byte {
	out := make([]byte, 4*h.Rows*h.Cols)
	low, high, other := Token("map-middle"), Token("share"), Token("negative")
	if h.Signed {
		high = Token("positive")
	}
	for i := range h.Rows * h.Cols {
		if h.Causal && i%h.Cols > i/h.Cols {
			continue
		}
		v := 0.0
		if h.Most > 0 {
			v = float64(h.Values[i]) / h.Most
		}
		to := high
		if v < 0 {
			to, v = other, -v
		}
		if !h.Signed && !h.Linear {
			v = math.Sqrt(v) // or all but the largest would be as good as 0
		}
		c := mix(low, to, min(1, v))
		out[4*i], out[4*i+1], out[4*i+2], out[4*i+3] = c[0], c[1], c[2], 255
	}
	return out
}
