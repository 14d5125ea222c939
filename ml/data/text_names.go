package data

import "descent/ml/config"

func init() {
	Register(Info{
		Type: "names", Title: "Names", Kind: "text",
		Doc: "About 39,000 first and last names of people, in small letters. The model learns to write names that nobody has. The build fetches them.",
		New: func() Source { return &names{newItems()} },
	})
}

// names reads what the build made of the npm package @cspell/dict-people-names.
type names struct{ items }

func (s *names) Fields() []config.Field { return s.items.fields() }

func (s *names) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	const file = "text/names.txt"
	b, err := openFile("names", file, files, progress)
	if err != nil {
		return nil, err
	}
	return s.items.open(file, b, seed)
}
