package data

import "slices"

func init() {
	Register(Info{
		Type: "reverse", Title: "Reverse", Kind: "task", Made: true,
		Doc: "Say the letters again, the last one first. Nothing can be written before the whole question was read.",
		New: newLetters("reverse", func(question []int) []int {
			answer := slices.Clone(question)
			slices.Reverse(answer)
			return answer
		}),
	})
}
