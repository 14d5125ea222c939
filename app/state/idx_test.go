package state

import "testing"

// A file of images waits for the one with labels, whichever comes first.
func TestIDXFilesComeInPairs(t *testing.T) {
	const images, labels = "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte"
	for _, order := range [][2]string{{images, labels}, {labels, images}} {
		s := opened(t, "spiral-mlp")
		if got := s.Apply(Bring{Files: []File{{order[0], 100}}}); got != nil || s.Notice != "notice.idx" {
			t.Errorf("%s alone: %q, notice %q", order[0], names(got), s.Notice)
		}
		got := s.Apply(Bring{Files: []File{{order[1], 100}}})
		if names(got) != "look" || got[0].Look.Source != `{"type":"idx","file":"`+images+`","labels":"`+labels+`"}` || s.Notice != "" {
			t.Errorf("%s after %s: %q, notice %q", order[1], order[0], names(got), s.Notice)
		}
	}
	s := opened(t, "spiral-mlp")
	if got := s.Apply(Bring{Files: []File{{"notes.gz", 100}}}); got != nil || s.Notice != "notice.unread" {
		t.Errorf("another compressed file: %q, notice %q", names(got), s.Notice)
	}
}
