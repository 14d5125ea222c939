package state

import (
	"strings"

	"descent/ml/config"
	"descent/ml/session"
)

// idxPart tells what an IDX file holds by its name, which says so since MNIST's do: "train-images-idx3-ubyte.gz".
// It is "images", "labels", or "" for another file.
func idxPart(name string) string {
	name = strings.TrimSuffix(strings.ToLower(name[strings.LastIndexByte(name, '/')+1:]), ".gz")
	if !strings.Contains(name, "idx") && !strings.HasSuffix(name, "ubyte") {
		return ""
	}
	for _, word := range []string{"label", "target", "idx1"} {
		if strings.Contains(name, word) {
			return "labels"
		}
	}
	return "images"
}

// bringIDX looks at a pair of IDX files, one with images and the other with their labels, of which one may have come
// before. Found says that there was such a file among those that came; without its partner a notice asks for it.
func (s *Store) bringIDX(came []File) (commands []session.Command, found bool) {
	has := func(files []File, part string) string {
		for _, f := range files {
			if idxPart(f.Name) == part {
				return f.Name
			}
		}
		return ""
	}
	images, labels := has(came, "images"), has(came, "labels")
	if images == "" && labels == "" {
		return nil, false
	}
	if images == "" {
		images = has(s.Brought, "images")
	}
	if labels == "" {
		labels = has(s.Brought, "labels")
	}
	if images == "" || labels == "" {
		s.Notice = "notice.idx"
		return nil, true
	}
	return s.lookAt("idx", images, config.Member{Key: "labels", Value: config.Text(labels)}), true
}
