package archive

import (
	"maps"
	"slices"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Memory is an archive for tests.
type Memory struct {
	Fail    error // what every call that writes returns
	Closed  error // what Open returns
	Texts   map[string]map[string]string
	Torn    map[string]bool // keys of records that are damaged
	Dropped []string        // runs whose weights have gone
	Held    map[string]bool
}

// Open reports whether there is a place at all.
func (m *Memory) Open() error { return m.Closed }

// Put keeps a text.
func (m *Memory) Put(shelf, key, text string) error {
	if m.Fail != nil {
		return m.Fail
	}
	if m.Texts == nil {
		m.Texts = map[string]map[string]string{}
	}
	if m.Texts[shelf] == nil {
		m.Texts[shelf] = map[string]string{}
	}
	m.Texts[shelf][key] = text
	return nil
}

// All returns the records of a shelf by their keys.
func (m *Memory) All(shelf string) (all []Record, err error) {
	for _, key := range slices.Sorted(maps.Keys(m.Texts[shelf])) {
		all = append(all, Record{key, m.Texts[shelf][key], m.Torn[key]})
	}
	return all, m.Closed
}

// Delete takes records away.
func (m *Memory) Delete(shelf string, keys ...string) error {
	for _, key := range keys {
		delete(m.Texts[shelf], key)
	}
	return m.Fail
}

// Weights are in no memory that a test could look into.
func (m *Memory) Weights(string) (goapp.Value, error) { return nil, ErrNone }

// PutWeights keeps nothing.
func (m *Memory) PutWeights(string, goapp.Value) error { return m.Fail }

// DropWeights notes the run.
func (m *Memory) DropWeights(run string) error {
	m.Dropped = append(m.Dropped, run)
	return m.Fail
}

// PutFile keeps nothing.
func (m *Memory) PutFile(string, goapp.Value) error { return m.Fail }

// File finds nothing.
func (m *Memory) File(string) (goapp.Value, error) { return nil, ErrNone }

// FileKeys lists nothing.
func (m *Memory) FileKeys() ([]string, error) { return nil, m.Closed }

// Lock takes a name.
func (m *Memory) Lock(name string) bool {
	if m.Held[name] {
		return false
	}
	if m.Held == nil {
		m.Held = map[string]bool{}
	}
	m.Held[name] = true
	return true
}

// Unlock gives it back.
func (m *Memory) Unlock(name string) { delete(m.Held, name) }

// Locked returns the names that are taken.
func (m *Memory) Locked() map[string]bool { return maps.Clone(m.Held) }
