package data

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
)

func init() {
	Register(Info{
		Type: "images", Title: "Images", Kind: "images",
		Doc: "Pictures of yours: a zip archive or a folder with PNG, JPEG, GIF or WebP files. The name of the folder that one lies in is its class.",
		New: func() Source {
			return &pictures{size: [2]int{32, 32}, colour: "rgb", fit: "crop", holdout: newHoldout()}
		},
	})
}

// pictures reads images from an archive or a folder: rose/1.jpg is of the class
// rose. What lies below a folder "test" is the test, as in
// flowers/test/rose/1.jpg; without one, some are set apart. Only the first
// picture of an animation counts, and turned photographs stay turned.
type pictures struct {
	file   string
	size   [2]int
	colour string
	fit    string
	stream bool
	holdout
	meta Meta
}

func (p *pictures) Fields() []config.Field {
	return append([]config.Field{
		config.File("file", &p.file, "a zip archive, or a folder, with a folder for each class"),
		config.Pair("size", &p.size, 4, maxSide, "all images are brought to this height and width").With("px"),
		config.Choice("colour", &p.colour, []string{"rgb", "grey"}, "rgb: red, green and blue; grey: one channel"),
		config.Choice("fit", &p.fit, []string{"crop", "stretch"}, "crop: keep the proportions and cut off what stands out; stretch: keep everything"),
		config.Toggle("stream", &p.stream, "keep the files as they are and decode an image whenever it is used: slower, and for more images than memory holds"),
	}, p.holdout.fields()...)
}

func (p *pictures) Meta() Meta { return p.meta }

func (p *pictures) Learn(m Meta) { p.meta = m }

func (p *pictures) channels() int {
	if p.colour == "grey" {
		return 1
	}
	return 3
}

// maxDecoded bounds the pixels that are kept in memory, as bytes.
const maxDecoded = 1 << 29

func (p *pictures) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	entries, err := p.entries(files, progress)
	if err != nil {
		return nil, err
	}
	var train, test []entry
	classes := map[string]bool{}
	for _, e := range entries {
		classes[class(e.name)] = true
		if slices.Contains(strings.Split(path.Dir(e.name), "/"), "test") {
			test = append(test, e)
		} else {
			train = append(train, e)
		}
	}
	size := p.size[0] * p.size[1] * p.channels()
	switch {
	case len(train) == 0:
		return nil, &FileError{File: p.file, Msg: config.Word("there are no images to train on; there have to be PNG, JPEG, GIF or WebP files, in a folder for each class")}
	case len(classes) < 2:
		return nil, &FileError{File: p.file, Msg: config.Say("all images are of one class, %q: there have to be two folders or more", class(train[0].name))}
	case len(classes) > maxClasses:
		return nil, &FileError{File: p.file, Msg: config.Say("there are more than %s classes", config.Group(maxClasses))}
	case !p.stream && len(entries)*size > maxDecoded:
		return nil, &FileError{File: p.file, Want: maxDecoded, Have: int64(len(entries) * size),
			Msg: config.Say("%s images of %d×%d take more than the %s bytes that are kept; choose a smaller size, or stream", config.Group(len(entries)), p.size[0], p.size[1], config.Group(maxDecoded))}
	}
	meta := Meta{X: tensor.Shape{p.size[0], p.size[1], p.channels()}, Y: tensor.Shape{1}, Classes: sorted(classes), Range: [2]float64{0, 255}}
	done := 0
	decoded := func() {
		if done++; progress != nil && (done%32 == 0 || done == len(entries)) {
			progress(int64(done), int64(len(entries)))
		}
	}
	all, err := p.gallery(train, meta.Classes, decoded)
	if err != nil {
		return nil, err
	}
	meta.Held = all.held()
	var set *Set
	if len(test) == 0 {
		set, err = p.holdout.divide(p.file, all, meta, seed)
	} else {
		set = &Set{Meta: meta, Train: all}
		if p.shuffle {
			set.Train = Pick(all, tensor.NewStream(seed, "holdout").Perm(all.Len()))
		}
		own, failed := p.gallery(test, meta.Classes, decoded)
		if failed != nil {
			return nil, failed
		}
		set.Test = own
		set.Meta.Train, set.Meta.Test, set.Meta.Held = len(train), len(test), meta.Held+own.held()
	}
	if err != nil {
		return nil, err
	}
	p.meta = set.Meta
	return set, nil
}

// class returns the name of the folder that a file lies in.
func class(name string) string { return path.Base(path.Dir(name)) }

var endings = []string{".png", ".jpg", ".jpeg", ".gif", ".webp"}

// entries returns the images' files by name. Other files, and those that
// systems hide, do not count.
func (p *pictures) entries(files Files, progress func(done, total int64)) ([]entry, error) {
	all, err := p.open(files, progress)
	if err != nil {
		return nil, err
	}
	var found []*entry
	for i, e := range all {
		hidden := strings.HasPrefix(path.Base(e.name), ".") || strings.HasPrefix(e.name, "__MACOSX/")
		if hidden || !slices.Contains(endings, strings.ToLower(path.Ext(e.name))) {
			continue
		}
		if path.Dir(e.name) == "." {
			return nil, &FileError{File: p.file, Msg: config.Say("the image %q lies in no folder; the folder's name is its class", clip(e.name))}
		}
		found = append(found, &all[i])
	}
	slices.SortStableFunc(found, func(a, b *entry) int { return strings.Compare(a.name, b.name) })
	images := make([]entry, len(found))
	for i, e := range found {
		images[i] = *e
	}
	return images, nil
}

// open lists an archive or a folder.
func (p *pictures) open(files Files, progress func(done, total int64)) ([]entry, error) {
	lister, ok := files.(Lister)
	if strings.EqualFold(path.Ext(p.file), ".zip") || !ok || p.file == "" {
		b, err := openFile("images", p.file, files, progress)
		if err != nil {
			return nil, err
		}
		return openZip(p.file, b)
	}
	names, err := lister.List(p.file)
	if err != nil {
		msg := config.Say("the folder cannot be read: %v", err)
		if errors.Is(err, fs.ErrNotExist) {
			msg = config.Word("there is no such folder, and it is no zip archive")
		}
		return nil, &FileError{File: p.file, Msg: msg, Err: err}
	}
	var entries []entry
	for _, name := range names {
		within := strings.TrimPrefix(strings.TrimPrefix(name, path.Clean(p.file)), "/")
		entries = append(entries, entry{within, func() ([]byte, error) { return files.Open(name, nil) }})
	}
	return entries, nil
}

// A gallery is a list of images, decoded to bytes or still in their files.
type gallery struct {
	p      pictures
	size   int // values of an image
	pixels []byte
	files  []entry
	packed int64 // bytes of the files
	labels []int
}

// held returns the bytes that it takes in memory.
func (g *gallery) held() int64 { return int64(len(g.pixels)) + g.packed + 8*int64(len(g.labels)) }

// gallery decodes all images, also when it keeps the files: Read cannot fail.
func (p *pictures) gallery(entries []entry, classes []string, decoded func()) (*gallery, error) {
	g := &gallery{p: *p, size: p.size[0] * p.size[1] * p.channels(), labels: make([]int, len(entries))}
	if !p.stream {
		g.pixels = make([]byte, len(entries)*g.size)
	}
	x := make([]float32, g.size)
	for i, e := range entries {
		b, err := e.read()
		if err != nil {
			return nil, err
		}
		if err := g.decode(x, e.name, b); err != nil {
			return nil, err
		}
		if p.stream {
			g.files = append(g.files, entry{e.name, func() ([]byte, error) { return b, nil }})
			g.packed += int64(len(b))
		} else {
			for j, v := range x {
				g.pixels[i*g.size+j] = byte(min(max(v+0.5, 0), 255))
			}
		}
		g.labels[i], _ = slices.BinarySearch(classes, class(e.name))
		decoded()
	}
	return g, nil
}

func (g *gallery) decode(x []float32, name string, b []byte) error {
	return decodeImage(x, g.p.file+": "+name, b, g.p.size[0], g.p.size[1], g.p.channels(), g.p.fit == "crop")
}

func (g *gallery) Len() int { return len(g.labels) }

func (g *gallery) Label(i int) int { return g.labels[i] }

func (g *gallery) Read(i int, x, y []float32) {
	y[0] = float32(g.labels[i])
	if g.pixels == nil {
		b, _ := g.files[i].read()
		if err := g.decode(x, g.files[i].name, b); err != nil {
			panic("data: an image that was decoded before: " + err.Error())
		}
		return
	}
	for j, v := range g.pixels[i*g.size : (i+1)*g.size] {
		x[j] = float32(v)
	}
}
