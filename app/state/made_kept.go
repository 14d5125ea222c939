package state

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"descent/ml/config"
)

// Samples that are made here outlive the page. They are kept in pages of a hundred, by their numbers, so that one more
// drawing writes one page again, and not all that there is. A page names the class of each sample: a page and the desk
// are not written at once, and a class that the desk does not know yet is a class nevertheless.
const (
	madePerPage  = 100
	maxMadeSide  = 96
	maxPagePlain = madePerPage * (maxMadeSide*maxMadeSide*3 + 4*maxClassName + 16)
)

// KeptMade is a sample of a page.
type KeptMade struct {
	Class string
	Made  // whose own class is not set
}

// MadeKey is what a page of a tab's samples is kept under.
func MadeKey(tab string, page int) string { return fmt.Sprintf("%s|%d", tab, page) }

// MadePage is the tab and the page that a key is of.
func MadePage(key string) (tab string, page int) {
	tab, number, _ := strings.Cut(key, "|")
	page, _ = strconv.Atoi(number)
	return tab, page
}

// OldMade returns the pages that can go: those of desks that are old, and of tabs that are gone and left no desk.
func OldMade(keys []string, desks []Desk, old []string, open func(tab string) bool) (gone []string) {
	for _, key := range keys {
		tab, _ := MadePage(key)
		known := slices.ContainsFunc(desks, func(d Desk) bool { return d.Tab == tab })
		if slices.Contains(old, tab) || !known && !open(tab) {
			gone = append(gone, key)
		}
	}
	return gone
}

// changed notes that a sample's page is to be written.
func (m *Making) changed(id int) {
	if m.dirty == nil {
		m.dirty = map[int]bool{}
	}
	m.dirty[id/madePerPage] = true
}

// page is a page as it is kept; "" where it has no samples.
func (m *Making) page(n int) string {
	var plain []byte
	for _, s := range m.Samples {
		if s.ID/madePerPage == n {
			plain = binary.AppendUvarint(plain, uint64(s.ID))
			plain = binary.AppendUvarint(plain, uint64(len(m.Classes[s.Class])))
			plain = append(plain, m.Classes[s.Class]...)
			plain = append(plain, byte(s.Side), byte(s.Channels))
			plain = append(plain, s.Pixels...)
		}
	}
	if plain == nil {
		return ""
	}
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.DefaultCompression)
	w.Write(plain)
	w.Close()
	return string(config.Obj(
		config.Member{Key: "format", Value: config.Num(runFormat)},
		config.Member{Key: "samples", Value: config.Text(base64.StdEncoding.EncodeToString(b.Bytes()))},
	).Append(nil, ""))
}

var errMadePage = errors.New("state: these samples are damaged, or of a format that this program does not know")

// ReadMadePage reads what page wrote.
func ReadMadePage(s string) (samples []KeptMade, err error) {
	v, err := config.Parse([]byte(s))
	if err != nil {
		return nil, err
	}
	if f := v.Get("format"); f == nil || f.Num != runFormat {
		return nil, errMadePage
	}
	packed, err := base64.StdEncoding.DecodeString(text(v.Get("samples")))
	if err != nil {
		return nil, errMadePage
	}
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxPagePlain+1))
	if err != nil || len(plain) > maxPagePlain {
		return nil, errMadePage
	}
	for len(plain) > 0 {
		var k KeptMade
		id, n := binary.Uvarint(plain)
		if n <= 0 || id == 0 || id > 1<<30 {
			return nil, errMadePage
		}
		plain = plain[n:]
		length, n := binary.Uvarint(plain)
		if n <= 0 || length > uint64(len(plain)-n) {
			return nil, errMadePage
		}
		k.ID, k.Class, plain = int(id), string(plain[n:n+int(length)]), plain[n+int(length):]
		if k.Class == "" || className(k.Class) != k.Class || len(plain) < 2 {
			return nil, errMadePage
		}
		k.Side, k.Channels, plain = int(plain[0]), int(plain[1]), plain[2:]
		size := k.Side * k.Side * k.Channels
		if k.Side < 1 || k.Side > maxMadeSide || k.Channels != 1 && k.Channels != 3 || len(plain) < size {
			return nil, errMadePage
		}
		k.Pixels, plain = slices.Clone(plain[:size]), plain[size:]
		samples = append(samples, k)
	}
	return samples, nil
}

// keepMade has the pages written that have changed, and those taken away that have nothing left.
func (s *Store) keepMade(tab string) {
	m := &s.Making
	for _, n := range slices.Sorted(maps.Keys(m.dirty)) {
		if page := m.page(n); page != "" {
			s.errand(Errand{Put, OfMade, MadeKey(tab, n), page})
		} else {
			s.errand(Errand{Do: Delete, Shelf: OfMade, Key: MadeKey(tab, n)})
		}
	}
	m.dirty = nil
}

// have takes samples in that were kept. Those of another tab are this one's own from now on, and are written as such.
func (m *Making) have(classes []string, kept []KeptMade, copied bool) {
	here, were := m.Samples, slices.Clone(m.Classes) // drawn while the database was being opened
	if len(classes) >= 2 {
		m.Classes, m.Class = slices.Clone(classes), 0
	}
	m.Samples = nil
	class := func(name string) int {
		if at := slices.Index(m.Classes, name); at >= 0 {
			return at
		}
		m.Classes = append(m.Classes, name)
		return len(m.Classes) - 1
	}
	slices.SortFunc(kept, func(a, b KeptMade) int { return a.ID - b.ID })
	for i, k := range kept {
		if i > 0 && k.ID == kept[i-1].ID || len(m.Samples) >= maxMade {
			continue
		}
		k.Made.Class = class(k.Class)
		m.Samples = append(m.Samples, k.Made)
		m.next = max(m.next, k.ID)
		if copied {
			m.changed(k.ID)
		}
	}
	for _, d := range here {
		m.next++
		d.ID, d.Class = m.next, class(were[d.Class])
		m.Samples = append(m.Samples, d)
		m.changed(d.ID)
	}
	m.Changes++
}
