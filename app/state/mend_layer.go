package state

import (
	"slices"

	"descent/ml/config"
	"descent/ml/data"
	"descent/ml/nn"
)

// mendLayer does the mends that change layers or put one in between.
func (s *Store) mendLayer(tree *config.Value, a Mend) (*config.Value, bool) {
	w, ok := wiringOf(tree)
	i := -1
	if ok {
		i = w.at(a.Node)
	}
	if i < 0 {
		return tree, false
	}
	v := w.layers[i].value
	switch a.Fix {
	case "insert_flatten":
		w.addOn(s, a.Node, 0, flatten)
	case "insert_embedding":
		w.addOn(s, a.Node, 0, "embedding")
	case "answer_classes":
		s.answer(w, i, s.classes())
	case "answer_values":
		if y := s.meta().Y; len(y) == 1 {
			s.answer(w, i, y[0])
		}
	case "return_all":
		returnAll(w, i)
	case "over_time", "over_image":
		twin(v, a.Fix == "over_image")
	case "use_dense":
		units := int(number(v.Get("config").Get("filters")))
		if units == 0 {
			units = 16
		}
		became(v, dense("", units, "relu"))
	case "match_shapes":
		s.match(w, i)
	case "tokens_data":
		put(v, "tokens", nil)
	case "read_input":
		w.layers[i].from[0] = nn.InputName
	default:
		return tree, false
	}
	if !w.settle() {
		return tree, false
	}
	w.write(tree)
	return tree, true
}

// put changes a setting of a layer, or takes it out.
func put(v *config.Value, name string, to *config.Value) {
	c := v.Get("config")
	if c == nil {
		c = config.Obj()
		v.Members = append(v.Members, config.Member{Key: "config", Value: c})
	}
	c.Members = slices.DeleteFunc(c.Members, func(m config.Member) bool { return m.Key == name })
	if to != nil {
		c.Members = append(c.Members, config.Member{Key: name, Value: to})
	}
}

// became gives a layer another type and other settings; its name stays.
func became(v, as *config.Value) {
	id := v.Get("id")
	v.Members = slices.DeleteFunc(v.Members, func(m config.Member) bool { return m.Key == "type" || m.Key == "config" })
	for _, m := range as.Members {
		if m.Key != "id" {
			v.Members = append(v.Members, m)
		}
	}
	slices.SortStableFunc(v.Members, func(a, b config.Member) int {
		order := []string{"id", "type"}
		rank := func(k string) int {
			if i := slices.Index(order, k); i >= 0 {
				return i
			}
			return len(order)
		}
		return rank(a.Key) - rank(b.Key)
	})
	v.Members[0].Value = id
}

// answer has the model end in a layer of so many units: its last one where that is dense and reads a row, else a new one,
// behind what makes a row of what arrives.
func (s *Store) answer(w *wiring, i, units int) {
	if units == 0 {
		return
	}
	l := &w.layers[i]
	typ := text(l.value.Get("type"))
	steps := len(s.meta().Y) == 1 && s.meta().Y[0] > 1 // a label for each
	if in := s.outputOf(l.from[0]); typ == "dense" && (len(in) == 1 || steps && len(in) == 2) {
		put(l.value, "units", config.Num(float64(units)))
		return
	}
	before := l.id
	if typ == "dense" { // of each step, where one row is wanted
		before = l.from[0]
		put(l.value, "units", config.Num(float64(units)))
	}
	shape := s.outputOf(before)
	rows := ""
	switch {
	case steps || len(shape) == 1:
	case len(shape) == 2:
		rows = "global_avg_pool"
	case len(shape) > 2:
		rows = flatten
	}
	if rows != "" {
		before = w.addAfter(s, before, rows)
	}
	if typ != "dense" {
		last := w.make(s, "dense", before)
		end := "softmax"
		if s.classes() == 0 {
			end = "none"
		}
		last.value = dense(last.id, units, end)
		w.insert(before, last)
	}
}

// returnAll has a recurrent layer give all of its steps: the one that a layer reads, or the last there is.
func returnAll(w *wiring, i int) {
	recurrent := func(k int) bool {
		info, _ := nn.Lookup(text(w.layers[k].value.Get("type")))
		if info.New == nil {
			return false
		}
		_, ok := info.New().(*nn.Recurrent)
		return ok
	}
	if k := w.at(w.layers[i].from[0]); k >= 0 {
		switch typ := text(w.layers[k].value.Get("type")); {
		case recurrent(k):
			put(w.layers[k].value, "return", config.Text("all"))
			return
		case typ == "last_step" || typ == "first_step":
			w.take(w.layers[k].id)
			return
		}
	}
	for k := i; k >= 0; k-- {
		if recurrent(k) {
			put(w.layers[k].value, "return", config.Text("all"))
			return
		}
	}
}

// twin makes a layer over images one over time, or the other way round: of pairs one number is left, or a number is
// written twice.
func twin(v *config.Value, image bool) {
	typ := nn.Twin(text(v.Get("type")))
	if typ == "" {
		return
	}
	as := node("", typ)
	if c := v.Get("config"); c != nil {
		c = c.Clone()
		for i, m := range c.Members {
			switch {
			case m.Key != "kernel" && m.Key != "size" && m.Key != "stride" && m.Key != "dilation":
			case image && m.Value.Kind == config.Number:
				c.Members[i].Value = config.List(m.Value, m.Value.Clone())
			case !image && m.Value.Kind == config.Array && len(m.Value.Items) > 0:
				c.Members[i].Value = m.Value.Items[0]
			}
		}
		c.Members = slices.DeleteFunc(c.Members, func(m config.Member) bool { return m.Key == "padding" && m.Value.Kind != config.String })
		as.Members = append(as.Members, config.Member{Key: "config", Value: c})
	}
	became(v, as)
}

// match brings what a layer reads to the shape of the first that it reads, by a layer between that can learn how.
func (s *Store) match(w *wiring, i int) {
	id, to := w.layers[i].id, s.outputOf(w.layers[i].from[0])
	for port := 1; port < len(w.layers[w.at(id)].from); port++ {
		from := s.outputOf(w.layers[w.at(id)].from[port])
		if to == nil || from == nil || len(from) != len(to) || slices.Equal(from, to) {
			continue
		}
		if len(to) < 3 {
			made := w.addOn(s, id, port, "dense")
			became(w.layers[w.at(made)].value, dense("", to[len(to)-1], "none"))
			continue
		}
		made := w.addOn(s, id, port, "conv2d")
		conv := node("", "conv2d", config.Member{Key: "filters", Value: config.Num(float64(to[2]))}, config.Member{Key: "kernel", Value: sides(1, 1)})
		if down := [2]int{from[0] / to[0], from[1] / to[1]}; down != [2]int{1, 1} {
			put(conv, "stride", sides(down[0], down[1]))
		}
		became(w.layers[w.at(made)].value, conv)
	}
}

func sides(a, b int) *config.Value {
	return config.List(config.Num(float64(a)), config.Num(float64(b)))
}

// meta is what is known of the samples, also while the document has problems: what its source says of itself with the
// settings that the document gives it, or what the trainer has found in its file.
func (s *Store) meta() data.Meta {
	if info, ok := data.Lookup(s.Source()); ok {
		source := info.New()
		if v := s.Value("data.source"); v != nil && v.Kind == config.Object {
			var errs config.Errors
			config.Decode(v, source.Fields(), "", "", &errs, "type")
		}
		if m := source.Meta(); m.Known() {
			return m
		}
	}
	switch {
	case s.learned.Known() && s.learnedOf == s.sourceText():
		return s.learned
	case s.Data != nil && s.Data.Source == s.Source():
		return s.Data.Meta()
	}
	return data.Meta{}
}

func (s *Store) classes() int { return len(s.meta().Classes) }
