package session

import (
	"math"

	"descent/ml/data"
)

// spreadBins is how many bars a column's histogram has.
const spreadBins = 20

// describe answers Describe.
func (s *Session) describe() {
	h, m := s.shelve(), s.set.Meta
	out := &Described{}
	shares := map[string]*Share{}
	for _, part := range []string{PartTrain, PartValidation, PartNeither} {
		shares[part] = &Share{Part: part}
	}
	classes := len(m.Classes) > 0 && m.Y.Len() == 1
	if classes {
		for _, share := range shares {
			share.Classes = make([]int, len(m.Classes))
		}
	}
	for i, part := range h.parts {
		share := shares[part]
		if share == nil {
			continue
		}
		share.Count++
		if !classes {
			continue
		}
		if label, _ := h.label(i); label >= 0 && int(label) < len(m.Classes) {
			share.Classes[int(label)]++
		}
	}
	out.Shares = append(out.Shares, *shares[PartTrain], *shares[PartValidation])
	if shares[PartNeither].Count > 0 {
		out.Shares = append(out.Shares, *shares[PartNeither])
	}
	if n := s.set.Test.Len(); n > 0 {
		out.Shares = append(out.Shares, Share{Part: PartTest, Count: n})
	}
	out.Columns = s.spreads(h, m)
	s.emit(Event{Described: out})
}

// maxSpread bounds the columns whose spread is told.
const maxSpread = 200

// spreads goes over the samples twice: for means and bounds, then for
// deviations and bars.
func (s *Session) spreads(h *shelf, m data.Meta) []Spread {
	all := columns(m)
	if len(all) == 0 || len(all) > maxSpread {
		return nil
	}
	out := make([]Spread, len(all))
	for i, c := range all {
		out[i] = Spread{Name: c.Name, Kind: c.Kind, Role: c.Role, Names: c.Values, Min: math.Inf(1), Max: math.Inf(-1)}
		out[i].Bins = make([]int, spreadBins)
		if c.Kind == data.Category {
			out[i].Bins = make([]int, len(c.Values))
		}
	}
	h.each(all, func(i int, v float64) {
		if v != v {
			out[i].Missing++
			return
		}
		out[i].Count++
		out[i].Mean += v
		out[i].Min, out[i].Max = min(out[i].Min, v), max(out[i].Max, v)
	})
	for i := range out {
		if out[i].Count == 0 {
			out[i].Min, out[i].Max = 0, 0
		}
		out[i].Mean /= max(1, float64(out[i].Count))
	}
	h.each(all, func(i int, v float64) {
		if v != v {
			return
		}
		c := &out[i]
		c.Deviation += (v - c.Mean) * (v - c.Mean)
		bin := int(v)
		if all[i].Kind != data.Category {
			bin = 0
			if c.Max > c.Min {
				bin = int((v - c.Min) / (c.Max - c.Min) * spreadBins)
			}
		}
		if bin = min(bin, len(c.Bins)-1); bin >= 0 {
			c.Bins[bin]++
		}
	})
	for i := range out {
		out[i].Deviation = math.Sqrt(out[i].Deviation / max(1, float64(out[i].Count)))
	}
	return out
}

// each calls f with every value of every column that is read, of all samples that are not removed.
func (h *shelf) each(all []data.Column, f func(column int, v float64)) {
	for i, part := range h.parts {
		if part == PartRemoved {
			continue
		}
		label, _ := h.label(i)
		h.all.Read(i, h.x, h.y)
		at := 0
		for k, c := range all {
			switch c.Role {
			case data.Feature:
				f(k, float64(h.x[at]))
				at++
			case data.Target:
				f(k, float64(label))
			}
		}
	}
}
