package archive

import (
	"maps"
	"slices"
	"sync"

	goapp "github.com/maxence-charriere/go-app/v9/pkg/app"
)

// Memory is an archive for tests.
type Memory struct {
	Closed error           // what Open returns
	Torn   map[string]bool // keys of records that are damaged

	mu    sync.Mutex
	fail  error // what every call that writes returns
	texts map[string]map[string]string
	held  map[string]bool
}

// Break has every call that writes return an error.
func (m *Memory) Break(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

func (m *Memory) failing() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.fail
}

// Open reports whether there is a place at all.
func (m *Memory) Open() error { return m.Closed }

// Put keeps a text.
func (m *Memory) Put(shelf, key, text string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	if m.texts == nil {
		m.texts = map[string]map[string]string{}
	}
	if m.texts[shelf] == nil {
		m.texts[shelf] = map[string]string{}
	}
	m.texts[shelf][key] = text
	return nil
}

// All returns the records of a shelf by their keys.
func (m *Memory) All(shelf string) (all []Record, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range slices.Sorted(maps.Keys(m.texts[shelf])) {
		all = append(all, Record{key, m.texts[shelf][key], m.Torn[key]})
	}
	return all, m.Closed
}

// Get returns one record of a shelf.
func (m *Memory) Get(shelf, key string) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	text, ok := m.texts[shelf][key]
	if !ok {
		return Record{}, ErrNone
	}
	return Record{key, text, m.Torn[key]}, nil
}

// Keys lists a shelf.
func (m *Memory) Keys(shelf string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.texts[shelf])), m.Closed
}

// Delete takes records away.
func (m *Memory) Delete(shelf string, keys ...string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range keys {
		delete(m.texts[shelf], key)
	}
	return m.fail
}

// Weights are in no memory that a test could look into.
func (m *Memory) Weights(string) (goapp.Value, error) { return nil, ErrNone }

// PutWeights keeps nothing.
func (m *Memory) PutWeights(string, goapp.Value) error { return m.failing() }

// DropWeights has none to drop.
func (m *Memory) DropWeights(string) error { return m.failing() }

// PutFile keeps nothing.
func (m *Memory) PutFile(string, goapp.Value) error { return m.failing() }

// File finds nothing.
func (m *Memory) File(string) (goapp.Value, error) { return nil, ErrNone }

// Lock takes a name.
func (m *Memory) Lock(name string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held[name] {
		return false
	}
	if m.held == nil {
		m.held = map[string]bool{}
	}
	m.held[name] = true
	return true
}

// Unlock gives it back.
func (m *Memory) Unlock(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.held, name)
}

// Locked returns the names that are taken.
func (m *Memory) Locked() map[string]bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.held)
}
