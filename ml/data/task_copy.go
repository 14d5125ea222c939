package data

import "slices"

func init() {
	Register(Info{
		Type: "copy", Title: "Copy", Kind: "task", Made: true,
		Doc: "Say the letters again, in the same order. The smallest thing that a model which reads and writes has to learn.",
		New: newLetters("copy", func(question []int) []int { return slices.Clone(question) }),
	})
}
