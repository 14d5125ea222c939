package text

import (
	"fmt"
	"slices"
)

// Difference says in which way two tokenizers differ, in words that follow
// "the checkpoint" and "the data"; "" when they are the same. A model knows
// tokens by their numbers alone, so it can be used with the one it was trained
// with and no other.
func Difference(checkpoint, data Tokenizer) string {
	a, b := checkpoint.Vocabulary(), data.Vocabulary()
	if checkpoint.Kind() != data.Kind() {
		return fmt.Sprintf("the checkpoint's tokenizer is of the kind %s, the data's of the kind %s", checkpoint.Kind(), data.Kind())
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("token %d is %q in the checkpoint and %q in the data", i, name(a[i]), name(b[i]))
		}
	}
	if len(a) != len(b) {
		return fmt.Sprintf("the checkpoint knows %s tokens, the data has %s", group(len(a)), group(len(b)))
	}
	one, isOne := checkpoint.(*BPE)
	other, isOther := data.(*BPE)
	if isOne && isOther && !slices.Equal(one.merges, other.merges) {
		i := 0
		for one.merges[i] == other.merges[i] {
			i++
		}
		return fmt.Sprintf("merge %d is of %d and %d in the checkpoint and of %d and %d in the data", i+1,
			one.merges[i][0], one.merges[i][1], other.merges[i][0], other.merges[i][1])
	}
	return ""
}
