package data

import "descent/ml/config"

func init() {
	Register(Info{
		Type: "text", Title: "Text", Kind: "text",
		Doc: "A text of yours. The model reads it token by token, and at each one learns to tell the next.",
		New: func() Source { return &textFile{corpus: newCorpus()} },
	})
}

// textFile reads a text in UTF-8 from a file.
type textFile struct {
	file string
	corpus
}

func (s *textFile) Fields() []config.Field {
	return append([]config.Field{config.File("file", &s.file, "the file with the text, in UTF-8")}, s.corpus.fields()...)
}

func (s *textFile) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	b, err := openFile("text", s.file, files, progress)
	if err != nil {
		return nil, err
	}
	return s.corpus.open(s.file, b, seed)
}
