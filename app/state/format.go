package state

import (
	"strings"

	"descent/ml/config"
)

// format writes a document for people: what fits on a line stands on one.
func format(v *config.Value) string {
	var b strings.Builder
	layout(&b, v, 0, 0)
	b.WriteByte('\n')
	return b.String()
}

const lineWidth = 110

// layout writes v, indented by depth, where so much of the line is taken already.
func layout(b *strings.Builder, v *config.Value, depth, taken int) {
	one := line(v)
	if depth > 0 && taken+len(one) <= lineWidth && !crowded(v) || len(v.Items) == 0 && len(v.Members) == 0 {
		b.WriteString(one)
		return
	}
	indent := strings.Repeat("  ", depth+1)
	next := func(i int) {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + indent)
	}
	if v.Kind == config.Array {
		b.WriteByte('[')
		for i, item := range v.Items {
			next(i)
			layout(b, item, depth+1, len(indent))
		}
		b.WriteString("\n" + indent[2:] + "]")
		return
	}
	b.WriteByte('{')
	for i, m := range v.Members {
		next(i)
		key := string(config.Text(m.Key).Append(nil, "")) + ": "
		b.WriteString(key)
		layout(b, m.Value, depth+1, len(indent)+len(key))
	}
	b.WriteString("\n" + indent[2:] + "}")
}

// crowded values are spread over lines even where they would fit: a list of objects has one on each.
func crowded(v *config.Value) bool {
	for _, item := range v.Items {
		if item.Kind == config.Object && len(v.Items) > 1 {
			return true
		}
	}
	for _, m := range v.Members {
		if crowded(m.Value) {
			return true
		}
	}
	return false
}

func line(v *config.Value) string {
	var parts []string
	switch v.Kind {
	case config.Array:
		for _, item := range v.Items {
			parts = append(parts, line(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case config.Object:
		for _, m := range v.Members {
			parts = append(parts, string(config.Text(m.Key).Append(nil, ""))+": "+line(m.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return string(v.Append(nil, ""))
}
