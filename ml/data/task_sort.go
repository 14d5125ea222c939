package data

import "slices"

func init() {
	Register(Info{
		Type: "sort", Title: "Sort", Kind: "task", Made: true,
		Doc: "Say the letters again in the order of the alphabet. Each letter of the answer depends on all of the question.",
		New: newLetters("sort", func(question []int) []int { return slices.Sorted(slices.Values(question)) }),
	})
}
