package view

import "strings"

// An arrangement is how the numbers of a value are laid out: tiles of rows and columns, or one row of bars.
type arrangement struct {
	count, rows, cols int
	channels          int // to choose one from, of filters that read several
	at                func(tile, row, col int) int
}

func (a arrangement) bars() bool { return a.count == 1 && a.rows == 1 && a.cols <= mostBars }

// mostBars is how many numbers have room for bars; more are a matrix.
const (
	mostBars  = 48
	mostTiles = 64
	stripWide = 32 // the columns of a matrix that is one long row
)

// arrange says how the numbers of a value are seen.
func (c *Core) arrange(path string, shape []int) arrangement {
	param := c.IsParameter(path)
	plain := func(rows, cols int) arrangement {
		return arrangement{1, rows, cols, 0, func(_, row, col int) int { return row*cols + col }}
	}
	switch len(shape) {
	case 1:
		if n := shape[0]; n > mostBars {
			return plain((n+stripWide-1)/stripWide, stripWide)
		}
		return plain(1, shape[0])
	case 2:
		layer, _, _ := strings.Cut(path, ".")
		if h, w := c.flattened(layer); param && h*w == shape[0] {
			units := shape[1]
			return arrangement{min(units, mostTiles), h, w, 0, func(tile, row, col int) int { return (row*w+col)*units + tile }}
		}
		return plain(shape[0], shape[1])
	case 3:
		a, b, n := shape[0], shape[1], shape[2]
		if strings.HasSuffix(path, ".weights") { // of attention: heads first
			return arrangement{min(a, mostTiles), b, n, 0, func(tile, row, col int) int { return (tile*b+row)*n + col }}
		}
		if param { // [kernel, in, out] of a convolution over time
			return arrangement{min(n, mostTiles), b, a, 0, func(tile, row, col int) int { return (col*b+row)*n + tile }}
		}
		return arrangement{min(n, mostTiles), a, b, 0, func(tile, row, col int) int { return (row*b+col)*n + tile }}
	case 4: // [height, width, in, out]
		in, out := shape[2], shape[3]
		channel := min(c.Channel, in-1)
		return arrangement{min(out, mostTiles), shape[0], shape[1], in, func(tile, row, col int) int { return ((row*shape[1]+col)*in+channel)*out + tile }}
	}
	n := 1
	for _, d := range shape {
		n *= d
	}
	return plain(1, n)
}

// flattened is the height and the width of the grey picture that a dense layer reads flattened; 0 for another layer.
func (c *Core) flattened(layer string) (h, w int) {
	shape := c.Input
	for i, r := range c.Rows {
		if r.ID == layer && r.Type == "dense" && i > 0 && c.Rows[i-1].Type == "flatten" {
			if i > 1 {
				shape = c.Rows[i-2].Output
			}
			if len(shape) == 3 && shape[2] == 1 {
				return shape[0], shape[1]
			}
		}
	}
	return 0, 0
}
