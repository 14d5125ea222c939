package state

import (
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	const text = "# a\ndef f1(x):\n    \"\"\"Says\n    it.\"\"\"\n    return x * 1e-07 + len(\"a\\\"#\") if x else None  # end"
	var got []string
	for _, k := range Tokens(text) {
		got = append(got, k.Kind+" "+text[k.From:k.To])
	}
	want := "comment # a|word def|text \"\"\"Says\n    it.\"\"\"|word return|number 1e-07|text \"a\\\"#\"|word if|word else|word None|comment # end"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("tokens\n%s\nwant\n%s", s, want)
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{`"`, `"""`, `"\`, "0x", "1e-", "#", "x = \"a\" # b\n", "卷积 = 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, k := range Tokens(text) {
			if k.From < last || k.To <= k.From || k.To > len(text) {
				t.Fatalf("%q: %+v after %d", text, k, last)
			}
			last = k.To
		}
	})
}
