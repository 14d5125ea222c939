package nn

import (
	"strings"

	"descent/ml/config"
)

// Start says with which weights training begins: those of a file, for what it
// has of the model, and fresh ones for the rest.
//
//	"model": {"weights": "base.safetensors", "prefix": "encoder.", "only": ["conv1", "conv2"], "nodes": [...]}
type Start struct {
	Weights string   // a safetensors file, such as a checkpoint; "" for fresh weights
	Prefix  string   // what the file's names have before ours
	Only    []string // nodes, or parameters as node.weight; nil for all
}

// Takes reports whether a parameter is to be looked for in the file.
func (s Start) Takes(param string) bool {
	if s.Only == nil {
		return true
	}
	for _, name := range s.Only {
		if param == name || strings.HasPrefix(param, name+".") {
			return true
		}
	}
	return false
}

func (s *Start) decode(v *config.Value, errs *config.Errors) {
	text := func(m config.Member, p *string) {
		if m.Value.Kind != config.String {
			errs.Add(m.Value, "", "model."+m.Key, "wants a text in quotes")
			return
		}
		*p = m.Value.Str
	}
	for _, m := range v.Members {
		switch m.Key {
		case "nodes":
		case "weights":
			text(m, &s.Weights)
		case "prefix":
			text(m, &s.Prefix)
		case "only":
			if m.Value.Kind != config.Array {
				errs.Add(m.Value, "", "model.only", "wants a list of the nodes that take weights from the file")
				continue
			}
			s.Only = []string{}
			for _, item := range m.Value.Items {
				if item.Kind != config.String {
					errs.Add(item, "", "model.only", "wants names in quotes")
					continue
				}
				s.Only = append(s.Only, item.Str)
			}
		default:
			errs.Add(&config.Value{Line: m.Line, Col: m.Col}, "", "model."+m.Key, "%s",
				config.Unknown("setting", m.Key, []string{"nodes", "weights", "prefix", "only"}))
		}
	}
	if s.Weights == "" && (s.Prefix != "" || s.Only != nil) {
		errs.Add(v, "", "model.weights", "is missing; prefix and only are about a file of weights")
	}
}

func (s Start) encode() []config.Member {
	var out []config.Member
	if s.Weights != "" {
		out = append(out, config.Member{Key: "weights", Value: config.Text(s.Weights)})
	}
	if s.Prefix != "" {
		out = append(out, config.Member{Key: "prefix", Value: config.Text(s.Prefix)})
	}
	if s.Only != nil {
		list := config.List()
		for _, name := range s.Only {
			list.Items = append(list.Items, config.Text(name))
		}
		out = append(out, config.Member{Key: "only", Value: list})
	}
	return out
}
