package experiment

import (
	"fmt"
	"math"
	"slices"

	"descent/ml/config"
	"descent/ml/data"
)

// An Edit is a correction of one sample that the source gives to train on, with
// the document's seed, which Index counts from 0. It sets the sample's label, or
// takes the sample out, before the samples are divided.
type Edit struct {
	Index  int
	Remove bool
	Label  *config.Value // the name of a class, or a number; nil where the sample is removed
	// Was is the label that the sample had when it was edited, likewise; nil
	// where nobody noted it. When it is another, the edit was made for other
	// samples, and is refused.
	Was *config.Value
}

// MaxEdits bounds the edits of a document.
const MaxEdits = 10_000

// DropEdits is the mend that leaves all edits out.
const DropEdits = "drop_edits"

// edits reads "edits".
func (r *reader) edits(v *config.Value) {
	const list = "data.edits"
	switch {
	case v == nil:
		return
	case v.Kind != config.Array:
		r.errs.Add(v, "", list, "wants a list of edits, such as {\"index\": 12, \"label\": \"cat\"} or {\"index\": 12, \"remove\": true}")
		return
	case len(v.Items) > MaxEdits:
		r.errs.Add(v, "", list, "there are %d edits; at most %d are taken: correct the file itself", len(v.Items), MaxEdits)
		return
	}
	first := map[int]int{}
	for i, item := range v.Items {
		path := fmt.Sprintf("%s[%d]", list, i)
		e, ok := r.edit(item, path)
		if !ok {
			continue
		}
		if before, twice := first[e.Index]; twice {
			r.errs.Add(item, "", path, "sample %d is edited twice, by edit %d before; keep one of them", e.Index, before+1)
			continue
		}
		first[e.Index] = i
		r.e.Data.Edits = append(r.e.Data.Edits, e)
	}
}

func (r *reader) edit(v *config.Value, path string) (e Edit, ok bool) {
	before := len(*r.errs)
	if v.Kind != config.Object {
		r.errs.Add(v, "", path, "wants an object with an index, and a label or remove")
		return e, false
	}
	e.Index = -1
	for _, m := range v.Members {
		at := path + "." + m.Key
		switch m.Key {
		case "index":
			if n := m.Value.Num; m.Value.Kind != config.Number || n < 0 || n > math.MaxInt32 || n != math.Trunc(n) {
				r.errs.Add(m.Value, "", at, "wants the number of a sample, counted from 0")
			} else {
				e.Index = int(n)
			}
		case "remove":
			if m.Value.Kind != config.Bool {
				r.errs.Add(m.Value, "", at, "wants true or false")
			}
			e.Remove = m.Value.Bool
		case "label", "was":
			if m.Value.Kind != config.String && m.Value.Kind != config.Number {
				r.errs.Add(m.Value, "", at, "wants the name of a class, or a number where the samples have values")
			}
			if m.Key == "label" {
				e.Label = m.Value
			} else {
				e.Was = m.Value
			}
		default:
			r.errs.Add(&config.Value{Line: m.Line, Col: m.Col}, "", at, "%s", config.Unknown("setting", m.Key, []string{"index", "label", "remove", "was"}))
		}
	}
	if v.Get("index") == nil {
		r.errs.Add(v, "", path, "lacks the index of the sample")
	}
	if len(*r.errs) == before && e.Remove == (e.Label != nil) {
		r.errs.Add(v, "", path, "wants a label, or \"remove\": true, and not both")
	}
	return e, len(*r.errs) == before
}

// Meta returns what is known of the samples, without those that edits remove.
func (d Data) Meta() data.Meta {
	m := d.Settings.Meta()
	removed := 0
	for _, e := range d.Edits {
		if e.Remove {
			removed++
		}
	}
	if m.Known() {
		m.Train += m.Removed - removed
		m.Removed = removed
	}
	return m
}

// checkEdits returns what is wrong with the edits, as far as that is known
// without the samples.
func (d *Data) checkEdits() config.Errors {
	if len(d.Edits) == 0 || !d.Known() {
		return nil
	}
	m := d.Meta()
	var errs config.Errors
	for i, e := range d.Edits {
		path := fmt.Sprintf("data.edits[%d]", i)
		before := len(errs)
		switch all := m.Train + m.Removed; {
		case m.Overlap() > 0 && e.Remove:
			errs.Add(nil, "", path, "the windows of a text overlap, so that none can be taken out; change the text itself")
		case e.Index >= all:
			errs.Add(nil, "", path, "there is no sample %d; the source gives %d to train on, counted from 0", e.Index, all)
		case e.Label == nil:
		default:
			if _, err := labelOf(e.Label, m); err != nil {
				errs = append(errs, config.About(path+".label", err))
			}
		}
		if len(errs) > before {
			errs[before].Fix = DropEdits
		}
		if len(errs) == 20 {
			break // what is wrong with one is most likely wrong with all
		}
	}
	return errs
}

// labelOf returns the label that the document means.
func labelOf(v *config.Value, m data.Meta) (float32, error) {
	switch {
	case m.Y.Len() != 1 || len(m.Classes) == 0 && m.Tokens > 0:
		return 0, config.Problem("these samples have no single label to be set; take the sample out instead")
	case len(m.Classes) == 0:
		if v.Kind != config.Number || math.Abs(v.Num) > math.MaxFloat32 {
			return 0, config.Problem("the samples have values and not classes, so it wants a number")
		}
		return float32(v.Num), nil
	}
	name := v.Str
	if v.Kind == config.Number {
		name = fmt.Sprint(v.Num)
	}
	i := slices.Index(m.Classes, name)
	if i < 0 {
		known := m.Classes
		return 0, config.Problem("%s", config.Unknown("class", name, known[:min(len(known), 30)]))
	}
	return float32(i), nil
}

// LabelText is how a document names a label of such samples.
func LabelText(label float32, m data.Meta) *config.Value {
	switch i := int(label); {
	case len(m.Classes) == 0:
		return config.Num(float64(label))
	case i >= 0 && i < len(m.Classes):
		return config.Text(m.Classes[i])
	}
	return config.Num(float64(label))
}

// Edited returns the set that Load returned with the edits of the document. The
// error says which edit does not fit the samples.
func (d *Data) Edited(set *data.Set) (*data.Set, error) {
	if len(d.Edits) == 0 {
		return set, nil
	}
	if errs := d.checkEdits(); errs != nil {
		return nil, errs
	}
	m := set.Meta
	x, y := make([]float32, m.X.Len()), make([]float32, max(1, m.Y.Len()))
	var errs config.Errors
	for i, e := range d.Edits {
		set.Train.Read(e.Index, x, y)
		if e.Was != nil {
			if was, err := labelOf(e.Was, m); err != nil || was != y[0] {
				e := config.Problem("sample %d has the label %s, and the edit is of one with %s: it was made for other samples; remove the edit, or go back to the source, its settings and the seed that it was made for",
					d.Edits[i].Index, bare(LabelText(y[0], m)), bare(d.Edits[i].Was)).At(fmt.Sprintf("data.edits[%d]", i))
				e.Fix = DropEdits
				errs = append(errs, e)
				if len(errs) == 5 {
					break
				}
			}
		}
	}
	if errs != nil {
		return nil, errs
	}
	out := *set
	out.Train = data.Edited(set.Train, d.Resolved(m))
	out.Meta.Train, out.Meta.Removed = out.Train.Len(), set.Meta.Train-out.Train.Len()
	if out.Meta.Train == 0 {
		return nil, config.Errors{config.Problem("take all samples out: there is none left to train on").At("data.edits")}
	}
	return &out, nil
}

// Resolved returns the edits for samples of that description, which they fit.
func (d *Data) Resolved(m data.Meta) []data.Edit {
	var list []data.Edit
	for _, e := range d.Edits {
		one := data.Edit{Index: e.Index, Remove: e.Remove}
		if !e.Remove {
			one.Label, _ = labelOf(e.Label, m)
		}
		list = append(list, one)
	}
	return list
}

// bare writes a label for a sentence.
func bare(v *config.Value) string {
	if v.Kind == config.String {
		return v.Str
	}
	return fmt.Sprint(v.Num)
}

// encodeEdits writes edits as they were read, in the order of the samples: which
// of two was made first changes nothing.
func encodeEdits(edits []Edit) *config.Value {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int { return a.Index - b.Index })
	list := config.List()
	for _, e := range sorted {
		list.Items = append(list.Items, e.Value())
	}
	return list
}

// Value returns the edit as a document has it.
func (e Edit) Value() *config.Value {
	v := config.Obj(config.Member{Key: "index", Value: config.Num(float64(e.Index))})
	if e.Remove {
		v.Members = append(v.Members, config.Member{Key: "remove", Value: config.Flag(true)})
	} else {
		v.Members = append(v.Members, config.Member{Key: "label", Value: e.Label})
	}
	if e.Was != nil {
		v.Members = append(v.Members, config.Member{Key: "was", Value: e.Was})
	}
	return v
}
