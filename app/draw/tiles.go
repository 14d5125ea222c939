package draw

import (
	"math"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Tiles is small pictures of numbers side by side: feature maps, filters, the weights of units.
type Tiles struct {
	Values     []float32
	Count      int
	Rows, Cols int
	At         func(tile, row, col int) int // where a number stands in Values
	Signed     bool                         // numbers below 0 have the other colour
	Ink        bool                         // a picture: ink on paper
	Low, Most  float64                      // the numbers with no colour and with the full colour
	Lit        int                          // the tile that is shown large; -1 for none
}

// tile is the side of a tile: at least, and at most.
const (
	tileLeast = 44.0
	tileMost  = 76.0
	tileGap   = 6.0
)

// A TileLayout is where tiles stand in a width.
type TileLayout struct {
	Columns, Count int
	Cell           float64
}

// Lay lays the tiles out in a width.
func (t *Tiles) Lay(width float64) TileLayout {
	l := TileLayout{Count: t.Count, Columns: max(1, min(t.Count, int((width+tileGap)/(tileLeast+tileGap))))}
	l.Cell = min(tileMost, math.Floor((width-tileGap*float64(l.Columns-1))/float64(l.Columns)))
	if t.Count == 1 {
		l.Cell = min(2.4*tileMost, width)
	}
	l.Columns = max(1, min(t.Count, int((width+tileGap)/(l.Cell+tileGap))))
	return l
}

// Height is that of all tiles.
func (l TileLayout) Height() float64 {
	rows := (l.Count + l.Columns - 1) / l.Columns
	return float64(rows)*(l.Cell+tileGap) - tileGap + 4
}

// Tile is the tile at a place; -1 for none.
func (l TileLayout) Tile(x, y float64) int {
	column, row := int(x/(l.Cell+tileGap)), int(y/(l.Cell+tileGap))
	if x < 0 || y < 0 || column >= l.Columns || row*l.Columns+column >= l.Count {
		return -1
	}
	return row*l.Columns + column
}

// DrawTiles draws the tiles and gives the canvas the height they need.
func DrawTiles(id string, t Tiles) {
	width := Width(id)
	if width == 0 || t.Count == 0 || t.Rows == 0 || t.Cols == 0 {
		return
	}
	l := t.Lay(width)
	goapp.Window().GetElementByID(id).Get("style").Set("height", Px(l.Height()))
	s, ok := open(id)
	if !ok {
		return
	}
	sheet := pixels(t.rgba(), t.Cols, t.Rows*t.Count)
	line, ink := Token("line").String(), Token("accent").String()
	s.ctx.Set("imageSmoothingEnabled", false)
	high, wide := l.Cell, l.Cell
	if t.Rows > t.Cols {
		wide = max(4, l.Cell*float64(t.Cols)/float64(t.Rows))
	} else {
		high = max(4, l.Cell*float64(t.Rows)/float64(t.Cols))
	}
	for i := range t.Count {
		x := 2 + float64(i%l.Columns)*(l.Cell+tileGap) + (l.Cell-wide)/2
		y := 2 + float64(i/l.Columns)*(l.Cell+tileGap) + (l.Cell-high)/2
		s.ctx.Call("drawImage", sheet, 0, i*t.Rows, t.Cols, t.Rows, x, y, wide, high)
		s.ctx.Set("strokeStyle", line)
		s.ctx.Set("lineWidth", 1)
		if i == t.Lit {
			s.ctx.Set("strokeStyle", ink)
			s.ctx.Set("lineWidth", 2.5)
		}
		s.ctx.Call("strokeRect", x, y, wide, high)
	}
}

func (t *Tiles) rgba() []byte {
	low, high, other := Token("map-middle"), Token("share"), Token("negative")
	if t.Signed {
		high = Token("positive")
	}
	if t.Ink {
		low, high = Token("paper"), Token("ink")
	}
	var shades [256]Colour // mixing a colour for every number would take longer than all else
	for i := range shades {
		v := float64(i) / 255
		if shades[i] = mix(low, high, v); t.Signed {
			v = float64(i-128) / 127
			if shades[i] = mix(low, high, max(0, v)); v < 0 {
				shades[i] = mix(low, other, min(1, -v))
			}
		}
	}
	out := make([]byte, 0, 4*t.Count*t.Rows*t.Cols)
	for i := range t.Count {
		for r := range t.Rows {
			for q := range t.Cols {
				v := 0.0
				if at := t.At(i, r, q); at < len(t.Values) {
					v = float64(t.Values[at])
				}
				level := 255 * (v - t.Low) / max(t.Most-t.Low, 1e-30)
				if t.Signed {
					level = 128 + 127*v/max(t.Most, 1e-30)
				}
				c := shades[int(max(0, min(255, level)))]
				out = append(out, c[0], c[1], c[2], 255)
			}
		}
	}
	return out
}
