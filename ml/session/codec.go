package session

import (
	"fmt"
	"math"

	"descent/ml/config"
)

// Messages travel as JSON with their pixels beside them. Every message lists
// its fields once, in a fields method, which serves both ways. Zero values are
// left out.

type message interface{ fields(c *codec) }

// A codec writes the fields it is shown into v, or reads them from it.
type codec struct {
	v     *config.Value
	write bool
	err   error
}

func (c *codec) put(name string, v *config.Value) {
	c.v.Members = append(c.v.Members, config.Member{Key: name, Value: v})
}

// get returns the member of that name and kind, or nil.
func (c *codec) get(name string, kind config.Kind) *config.Value {
	v := c.v.Get(name)
	if v != nil && v.Kind != kind && c.err == nil {
		c.err = fmt.Errorf("session: %s is %s, not %s", name, v.Kind, kind)
	}
	if v == nil || v.Kind != kind {
		return nil
	}
	return v
}

func (c *codec) text(name string, p *string) {
	if c.write {
		if *p != "" {
			c.put(name, config.Text(*p))
		}
	} else if v := c.get(name, config.String); v != nil {
		*p = v.Str
	}
}

func (c *codec) flag(name string, p *bool) {
	if c.write {
		if *p {
			c.put(name, config.Flag(true))
		}
	} else if v := c.get(name, config.Bool); v != nil {
		*p = v.Bool
	}
}

func (c *codec) int(name string, p *int) {
	if c.write {
		if *p != 0 {
			c.put(name, config.Num(float64(*p)))
		}
	} else if v := c.get(name, config.Number); v != nil {
		*p = int(v.Num)
	}
}

// JSON has no infinities and no NaN, and a loss may be either.
func number(f float64) *config.Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return config.Text(fmt.Sprint(f))
	}
	return config.Num(f)
}

func toFloat(v *config.Value) float64 {
	switch v.Str {
	case "NaN":
		return math.NaN()
	case "+Inf":
		return math.Inf(1)
	case "-Inf":
		return math.Inf(-1)
	}
	return v.Num
}

func (c *codec) float(name string, p *float64) {
	if c.write {
		if *p != 0 {
			c.put(name, number(*p))
		}
	} else if v := c.v.Get(name); v != nil {
		*p = toFloat(v)
	}
}

func (c *codec) floats(name string, p *[]float64) {
	list(c, name, p, number, toFloat)
}

func (c *codec) ints(name string, p *[]int) {
	list(c, name, p, func(n int) *config.Value { return config.Num(float64(n)) },
		func(v *config.Value) int { return int(v.Num) })
}

func (c *codec) texts(name string, p *[]string) {
	list(c, name, p, config.Text, func(v *config.Value) string { return v.Str })
}

func list[T any](c *codec, name string, p *[]T, to func(T) *config.Value, from func(*config.Value) T) {
	if c.write {
		if len(*p) == 0 {
			return
		}
		v := config.List()
		for _, x := range *p {
			v.Items = append(v.Items, to(x))
		}
		c.put(name, v)
	} else if v := c.get(name, config.Array); v != nil {
		*p = make([]T, len(v.Items))
		for i, item := range v.Items {
			(*p)[i] = from(item)
		}
	}
}

// pointer is a *T that lists its fields.
type pointer[T any] interface {
	*T
	message
}

func part[T any, P pointer[T]](c *codec, name string, p **T) {
	if c.write {
		if *p != nil {
			c.put(name, encode(P(*p)))
		}
	} else if v := c.get(name, config.Object); v != nil {
		*p = new(T)
		c.decode(v, P(*p))
	}
}

func parts[T any, P pointer[T]](c *codec, name string, p *[]T) {
	list(c, name, p, func(x T) *config.Value { return encode(P(&x)) },
		func(v *config.Value) (x T) { c.decode(v, P(&x)); return x })
}

// nested is part for a message that is always there.
func (c *codec) nested(name string, m message) {
	if c.write {
		if v := encode(m); len(v.Members) > 0 {
			c.put(name, v)
		}
	} else if v := c.get(name, config.Object); v != nil {
		c.decode(v, m)
	}
}

func encode(m message) *config.Value {
	c := codec{v: config.Obj(), write: true}
	m.fields(&c)
	return c.v
}

func (c *codec) decode(v *config.Value, m message) {
	inner := codec{v: v}
	m.fields(&inner)
	if c.err == nil {
		c.err = inner.err
	}
}

func parse(text []byte, m message) error {
	v, err := config.Parse(text)
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	c := codec{}
	c.decode(v, m)
	return c.err
}

// Encode writes a command as JSON.
func (m *Command) Encode() []byte { return encode(m).Append(nil, "") }

// DecodeCommand reads what Encode wrote.
func DecodeCommand(text []byte) (m Command, err error) {
	err = parse(text, &m)
	return m, err
}

// Encode writes an event as JSON; its blobs travel beside it.
func (m *Event) Encode() []byte { return encode(m).Append(nil, "") }

// DecodeEvent reads what Encode wrote.
func DecodeEvent(text []byte) (m Event, err error) {
	err = parse(text, &m)
	return m, err
}
