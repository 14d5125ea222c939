package safetensors

import (
	"cmp"
	"encoding/binary"
	"slices"

	"descent/ml/config"
)

// HeadSize returns how many bytes of a file its head takes, the length before it
// included: what has to be read for Meta and Part. The first eight bytes say so.
func HeadSize(b []byte) (int, error) {
	if len(b) < 8 {
		return 0, wrong("the file has %d bytes; even an empty one has 8", len(b))
	}
	size := binary.LittleEndian.Uint64(b)
	if size > maxHeader {
		return 0, wrong("the header is said to have %d bytes; at most %d are read", size, maxHeader)
	}
	return 8 + int(size), nil
}

// head parses the head of a file.
func head(b []byte) (*config.Value, error) {
	size, err := HeadSize(b)
	if err != nil {
		return nil, err
	}
	if size > len(b) {
		return nil, wrong("the header is said to have %d bytes; the file has %d, and at most %d are read", size-8, len(b), maxHeader)
	}
	v, err := config.Parse(b[8:size])
	if err != nil {
		return nil, wrong("the header is broken: %v", err)
	}
	if v.Kind != config.Object {
		return nil, wrong("the header is %s with %d entries; an object with at most %d is read", config.Word(string(v.Kind)), 0, maxTensors)
	}
	return v, nil
}

// Meta returns the texts in the head of a file, without its tensors.
func Meta(b []byte) (map[string]string, error) {
	v, err := head(b)
	if err != nil {
		return nil, err
	}
	meta := map[string]string{}
	if m := v.Get("__metadata__"); m != nil {
		for _, t := range m.Members {
			meta[t.Key] = t.Value.Str
		}
	}
	return meta, nil
}

// Part returns the head of a file that has some of another's tensors and texts,
// and from where to where its data lies within that of the other. The tensors
// must lie back to back there.
func Part(b []byte, tensor, text func(name string) bool) (newHead []byte, from, to int, err error) {
	v, err := head(b)
	if err != nil {
		return nil, 0, 0, err
	}
	type entry struct {
		name     string
		v        *config.Value
		from, to int
	}
	var all []entry
	var meta []config.Member
	for _, m := range v.Members {
		if m.Key == "__metadata__" {
			for _, t := range m.Value.Members {
				if text(t.Key) {
					meta = append(meta, t)
				}
			}
			continue
		}
		offsets := m.Value.Get("data_offsets")
		if !tensor(m.Key) || offsets == nil || len(offsets.Items) != 2 {
			continue
		}
		all = append(all, entry{m.Key, m.Value, int(offsets.Items[0].Num), int(offsets.Items[1].Num)})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	if len(all) > 0 {
		from, to = all[0].from, all[0].from
	}
	members := []config.Member{{Key: "__metadata__", Value: config.Obj(meta...)}}
	for _, e := range all {
		if e.from != to || e.to < e.from {
			return nil, 0, 0, wrong("%s begins at byte %d of the data, where %d was expected: tensors must lie back to back", e.name, e.from, to)
		}
		to = e.to
		members = append(members, config.Member{Key: e.name, Value: config.Obj(
			config.Member{Key: "dtype", Value: e.v.Get("dtype")}, config.Member{Key: "shape", Value: e.v.Get("shape")},
			config.Member{Key: "data_offsets", Value: config.List(config.Num(float64(e.from-from)), config.Num(float64(e.to-from)))})})
	}
	header := config.Obj(members...).Append(nil, "")
	for len(header)%8 != 0 {
		header = append(header, ' ')
	}
	return append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...), from, to, nil
}
