package draw

import (
	"math"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Images is square images for a grid, one byte a channel, sample after sample.
type Images struct {
	Pixels   []byte
	Count    int
	Side     int
	Channels int
	Captions []string // below each; nil for none
	Notes    []string // small below those
	Marked   []bool   // framed; nil for none
}

// A Layout is how a grid stands in its width.
type Layout struct {
	Columns, Rows int
	Cell          float64 // along each side of an image
	Caption       float64 // height below it
}

const (
	gap  = 6.0
	cell = 42.0 // at least; grids have as many columns as fit
	text = 28.0 // a caption and a note
)

// Grid returns the layout of n images in a width.
func Grid(width float64, n int, captions bool) Layout {
	l := Layout{Columns: max(1, min(n, int((width+gap)/(cell+gap))))}
	l.Cell = math.Floor((width - gap*float64(l.Columns-1)) / float64(l.Columns))
	l.Cell = min(l.Cell, 1.6*cell)
	l.Rows = (n + l.Columns - 1) / l.Columns
	if captions {
		l.Caption = text
	}
	return l
}

// Height returns the height of the whole grid.
func (l Layout) Height() float64 { return float64(l.Rows)*(l.Cell+l.Caption+gap) - gap }

// At returns the index of the image at a place, or -1.
func (l Layout) At(x, y float64) int {
	column, row := int(x/(l.Cell+gap)), int(y/(l.Cell+l.Caption+gap))
	if column < 0 || column >= l.Columns || row < 0 {
		return -1
	}
	return row*l.Columns + column
}

func (l Layout) place(i int) (x, y float64) {
	return float64(i%l.Columns) * (l.Cell + gap), float64(i/l.Columns) * (l.Cell + l.Caption + gap)
}

// Gallery draws images in a grid and gives the canvas the height they need.
func Gallery(id string, im Images) {
	width := Width(id)
	if width == 0 || im.Count == 0 {
		return
	}
	l := Grid(width, im.Count, im.Captions != nil)
	goapp.Window().GetElementByID(id).Get("style").Set("height", Px(l.Height()))
	s, ok := open(id)
	if !ok {
		return
	}
	sheet := pixels(im.rgba(), im.Side, im.Side*im.Count)
	s.ctx.Set("textAlign", "center")
	s.ctx.Set("textBaseline", "alphabetic")
	plain, soft, alarm := Token("text").String(), Token("text-soft").String(), Token("wrong").String()
	for i := range im.Count {
		x, y := l.place(i)
		s.ctx.Set("imageSmoothingEnabled", true)
		s.ctx.Call("drawImage", sheet, 0, i*im.Side, im.Side, im.Side, x, y, l.Cell, l.Cell)
		marked := im.Marked != nil && im.Marked[i]
		if marked {
			s.ctx.Set("strokeStyle", alarm)
			s.ctx.Set("lineWidth", 2)
			s.ctx.Call("strokeRect", x+1, y+1, l.Cell-2, l.Cell-2)
		}
		if im.Captions == nil {
			continue
		}
		s.ctx.Set("fillStyle", plain)
		s.ctx.Set("font", "600 12px system-ui, sans-serif")
		if marked {
			s.ctx.Set("fillStyle", alarm)
		}
		s.ctx.Call("fillText", im.Captions[i], x+l.Cell/2, y+l.Cell+12)
		if i < len(im.Notes) {
			s.ctx.Set("fillStyle", soft)
			s.ctx.Set("font", "10px system-ui, sans-serif")
			s.ctx.Call("fillText", im.Notes[i], x+l.Cell/2, y+l.Cell+24)
		}
	}
}

// rgba lays the images out below each other. Grey ones are ink on paper in the colours of the theme.
func (im Images) rgba() []byte { return im.sized(im.Count * im.Side * im.Side) }

// sized is rgba of so many pixels.
func (im Images) sized(n int) []byte {
	out := make([]byte, 4*n)
	if im.Channels == 3 {
		for i := range n {
			copy(out[4*i:], im.Pixels[3*i:3*i+3])
			out[4*i+3] = 255
		}
		return out
	}
	var shade [256]Colour
	paper, ink := Token("paper"), Token("ink")
	for i := range shade {
		shade[i] = mix(paper, ink, float64(i)/255)
	}
	for i := range min(n, len(im.Pixels)) {
		c := shade[im.Pixels[i]]
		out[4*i], out[4*i+1], out[4*i+2], out[4*i+3] = c[0], c[1], c[2], 255
	}
	return out
}
