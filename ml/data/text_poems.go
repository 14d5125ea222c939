package data

import "descent/ml/config"

func init() {
	Register(Info{
		Type: "poems", Title: "Tang and Song poems", Kind: "text",
		Doc: "Three hundred Tang poems and about a hundred Song poems, in Chinese, each with title and poet. They are there if Debian's package fortunes-zh was when the site was built.",
		New: func() Source { return &poems{collection: "both", corpus: newCorpus()} },
	})
}

// poems reads what the build made of Debian's package fortunes-zh.
type poems struct {
	collection string
	corpus
}

func (p *poems) Fields() []config.Field {
	return append([]config.Field{config.Choice("collection", &p.collection, []string{"tang", "song", "both"}, "the poems of which dynasty")}, p.corpus.fields()...)
}

func (p *poems) Open(seed uint64, files Files, progress func(done, total int64)) (*Set, error) {
	list := []string{"tang", "song"}
	if p.collection != "both" {
		list = []string{p.collection}
	}
	var all []byte
	for i, name := range list {
		before := int64(len(all))
		part := progress
		if progress != nil && i > 0 {
			part = func(done, total int64) { progress(before+done, before+total) }
		}
		b, err := openFile("poems", "text/"+name+".txt", files, part)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			all = append(all, '\n')
		}
		all = append(all, b...)
	}
	return p.corpus.open("text/"+p.collection, all, seed)
}
