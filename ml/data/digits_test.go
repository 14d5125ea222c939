package data

import (
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"slices"
	"testing"

	"descent/ml/tensor"
)

// TestDigits checks that digits are placed as MNIST's are: within the image,
// about 20 pixels large, the centre of mass near the middle, and in strokes
// that are neither hairs nor blots.
func TestDigits(t *testing.T) {
	d := &digits{samples: 2000, tests: 10, rotation: 15}
	set, err := d.Open(1, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var counts [10]int
	var x [imageLen]float32
	var y [1]float32
	var inkSum float64
	for i := range set.Train.Len() {
		set.Train.Read(i, x[:], y[:])
		counts[int(y[0])]++
		var mass, mx, my, most float64
		lo, hi := [2]int{28, 28}, [2]int{}
		for p, v := range x {
			row, col := p/28, p%28
			mass += float64(v)
			mx += float64(v) * (float64(col) + 0.5)
			my += float64(v) * (float64(row) + 0.5)
			most = max(most, float64(v))
			if v > 64 {
				lo = [2]int{min(lo[0], col), min(lo[1], row)}
				hi = [2]int{max(hi[0], col), max(hi[1], row)}
			}
		}
		mx, my, inkSum = mx/mass, my/mass, inkSum+mass/255
		large := max(hi[0]-lo[0], hi[1]-lo[1]) + 1
		if most < 170 || most > 255 || large < 15 || large > 22 || mass/255 < 20 || mass/255 > 250 ||
			math.Abs(mx-14) > 3.5 || math.Abs(my-14) > 3.5 ||
			lo[0] < 1 || lo[1] < 1 || hi[0] > 26 || hi[1] > 26 {
			t.Errorf("sample %d, a %v: brightest %v, %d px large, ink %.0f, centre %.1f %.1f, corners %v %v",
				i, y[0], most, large, mass/255, mx, my, lo, hi)
		}
	}
	if counts != [10]int{200, 200, 200, 200, 200, 200, 200, 200, 200, 200} {
		t.Errorf("the classes have %v samples", counts)
	}
	// MNIST's mean is 0.13 of full ink: 102 pixels.
	if mean := inkSum / 2000; mean < 60 || mean > 130 {
		t.Errorf("a digit has the ink of %.0f pixels on average", mean)
	}
}

// TestDigitsGrow sees that more samples begin with the fewer, and that the
// test samples do not depend on how many train.
func TestDigitsGrow(t *testing.T) {
	few, _ := (&digits{samples: 30, tests: 20, rotation: 15, noise: 5}).Open(7, nil, nil)
	more, _ := (&digits{samples: 60, tests: 20, rotation: 15, noise: 5}).Open(7, nil, nil)
	if !slices.Equal(samples(few, few.Train), samples(more, Range(more.Train, 0, 30))) {
		t.Error("60 digits begin otherwise than 30")
	}
	if !slices.Equal(samples(few, few.Test), samples(more, more.Test)) {
		t.Error("the test changed with the number of training samples")
	}
	if slices.Equal(samples(few, Range(few.Train, 0, 20)), samples(few, few.Test)) {
		t.Error("the test samples are training samples")
	}
}

// TestSettings sees that rotation and noise do what they say and nothing else.
func TestSettings(t *testing.T) {
	var plain, noisy, turned [imageLen]byte
	s := tensor.NewStream(1, "x")
	(&drawer{}).draw(plain[:], 7, s)
	(&drawer{noise: 0.1}).draw(noisy[:], 7, s)
	(&drawer{rotation: 40}).draw(turned[:], 7, s)
	most := 0
	for i := range plain {
		most = max(most, int(plain[i])-int(noisy[i]), int(noisy[i])-int(plain[i]))
	}
	if most < 20 || most > 26 { // 10 % of 255, rounded
		t.Errorf("noise of 10 %% moved a pixel by %d", most)
	}
	if plain == turned {
		t.Error("rotation did nothing")
	}
}

// TestGlyphs checks the tables: every path has lines, fills are closed, and
// the widths of strokes are those of a text face.
func TestGlyphs(t *testing.T) {
	if n := len(faces()); n != 6 {
		t.Errorf("%d faces", n)
	}
	for f, face := range faces() {
		for digit, g := range face {
			lo, hi := bounds(g.lines)
			if math.Abs(hi.y-0.5) > 1e-9 || math.Abs(lo.y+0.5) > 1e-9 || hi.x-lo.x > 1.1 {
				t.Errorf("face %d, %d: from %v to %v", f, digit, lo, hi)
			}
			for _, line := range g.lines {
				for i := 1; i < len(line); i++ {
					if line[i] == line[i-1] {
						t.Errorf("face %d, %d: a point is there twice", f, digit)
					}
				}
				if !g.pen && line[0] != line[len(line)-1] {
					t.Errorf("face %d, %d: an outline is open", f, digit)
				}
			}
			if !g.pen && (g.weight < 0.06 || g.weight > 0.25) {
				t.Errorf("face %d, %d: strokes are %.2f wide", f, digit, g.weight)
			}
		}
	}
}

// TestEmbolden grows a square with a square hole by a tenth on each side.
func TestEmbolden(t *testing.T) {
	for _, flip := range []bool{false, true} {
		lines := flatten("M0 0L4 0L4 4L0 4L0 0M1 1L1 3L3 3L3 1L1 1")
		if flip {
			for _, line := range lines {
				slices.Reverse(line)
			}
		}
		embolden(lines, 0.1)
		lo, hi := bounds(lines[:1])
		holeLo, holeHi := bounds(lines[1:])
		for _, c := range [][2]float64{{lo.x, -0.1}, {hi.y, 4.1}, {holeLo.x, 1.1}, {holeHi.y, 2.9}} {
			if math.Abs(c[0]-c[1]) > 1e-9 {
				t.Errorf("a side is at %v, want %v", c[0], c[1])
			}
		}
	}
}

// TestSheet writes a picture of many digits to $DIGITS_SHEET, for looking at.
func TestSheet(t *testing.T) {
	name := os.Getenv("DIGITS_SHEET")
	if name == "" {
		t.Skip("DIGITS_SHEET names no file")
	}
	const rows, columns = 20, 40
	set, _ := (&digits{samples: rows * columns, tests: 10, rotation: 15, noise: 5}).Open(1, nil, nil)
	sheet := image.NewGray(image.Rect(0, 0, 28*columns, 28*rows))
	var x [imageLen]float32
	var y [1]float32
	for i := range rows * columns {
		set.Train.Read(i, x[:], y[:])
		for p, v := range x {
			sheet.SetGray(i%columns*28+p%28, i/columns*28+p/28, color.Gray{Y: uint8(v)})
		}
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, sheet); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkDigits(b *testing.B) {
	info, _ := Lookup("digits")
	for b.Loop() {
		if _, err := info.New().Open(1, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}
