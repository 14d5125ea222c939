//go:build !js

package slim

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"
)

// TestRewrite gives functions as code sections have them, in hexadecimal digits: variables, then instructions.
func TestRewrite(t *testing.T) {
	const number = 0x1000
	for _, c := range []struct{ name, from, to string }{
		{"the constant of an address goes to the load", "00 2001 ad 4210 7c a7 290300 1a 0b", "00 2001 290310 1a 0b"},
		{"or to the store, over the value", "00 2001 ad 4210 7c a7 2002 4201 7c 370308 0b", "00 2001 2002 4201 7c 370318 0b"},
		{"a value that is loaded is no address", "00 2001 ad 4208 7c a7 2001 290310 370300 0b", "00 2001 2001 290310 370308 0b"},
		{"what else wants the address has it", "00 2001 ad 4210 7c a7 1a 0b", "00 2001 4110 6a 1a 0b"},
		{"no address of the stack", "00 2001 4210 7c a7 290300 1a 0b", "00 2001 4210 7c a7 290300 1a 0b"},
		// The loop has blocks for 0 and 1, and each jumps to the other.
		{
			"a jump forward leaves blocks, one back takes the table",
			"00 0340 0240 0240 2000 0e01 00 01 0b 4101 2100 0c01 0b 4100 2100 0c00 0b 0b",
			"00 0340 0240 0240 2000 0e01 00 01 0b 0c00 0b 4100 2100 0c00 0b 0b",
		},
		{
			"with a condition",
			"00 0340 0240 0240 2000 0e01 00 01 0b 2001 0440 4101 2100 0c02 0b 0b 0b 0b",
			"00 0340 0240 0240 2000 0e01 00 01 0b 2001 0d00 0b 0b 0b",
		},
		{
			"who else reads the variable is left alone",
			"00 0340 0240 0240 2000 0e01 00 01 0b 4101 2100 0c01 0b 2000 1a 0b 0b",
			"00 0340 0240 0240 2000 0e01 00 01 0b 4101 2100 0c01 0b 2000 1a 0b 0b",
		},
		{
			"who goes back without setting it, too",
			"00 0340 0240 0240 2000 0e01 00 01 0b 4101 2100 0c01 0b 0c00 0b 0b",
			"00 0340 0240 0240 2000 0e01 00 01 0b 4101 2100 0c01 0b 0c00 0b 0b",
		},
		{"who leaves all blocks returns", "00 0240 0240 2001 0d01 0b 0b 4101 0b", "00 0240 0240 2001 0440 4101 0f 0b 0b 0b 4101 0b"},
		{"who leaves one of them does not", "00 0240 0240 2001 0d00 0b 0b 4101 0b", "00 0240 0240 2001 0d00 0b 0b 4101 0b"},
		{"nor who leaves others than the last", "00 0240 2001 0d00 0b 0240 0b 4101 0b", "00 0240 2001 0d00 0b 0240 0b 4101 0b"},
		{"nor where another number is returned", "00 0240 2001 0d00 0b 4100 0b", "00 0240 2001 0d00 0b 4100 0b"},
		// 0x10000003 and 0x10000004 are addresses in function 0x1000; 0x10010003 is one of another.
		{
			"return addresses share a variable",
			"02 017f 017e 2002 1a 42838080800 1 1a 42848080800 1 1a 0b",
			"02 017f 027e 4280808080 01 2102 2003 1a 4203 2002 84 1a 4204 2002 84 1a 0b",
		},
		{"which is new where there is none of its kind", "01 017f 42838080800 1 1a 0b", "02 017f 017e 4280808080 01 2102 4203 2002 84 1a 0b"},
		{"of this function only", "01 017f 42838084800 1 1a 0b", "01 017f 42838084800 1 1a 0b"},
		{"what is no known instruction is left alone", "00 2001 ad 4210 7c a7 290300 1a ff 0b", "00 2001 ad 4210 7c a7 290300 1a ff 0b"},
	} {
		from, err := hex.DecodeString(strings.ReplaceAll(c.from, " ", ""))
		if err != nil {
			t.Fatal(c.name, err)
		}
		to, err := hex.DecodeString(strings.ReplaceAll(c.to, " ", ""))
		if err != nil {
			t.Fatal(c.name, err)
		}
		if got := rewrite(from, number); !bytes.Equal(got, to) {
			t.Errorf("%s:\n% x became\n% x, want\n% x", c.name, from, got, to)
		}
		if c.name != "return addresses share a variable" && c.name != "which is new where there is none of its kind" {
			if again := rewrite(to, number); !bytes.Equal(again, to) {
				t.Errorf("%s: a second time it became % x", c.name, again)
			}
		}
		for n := range from {
			rewrite(from[:n], number) // no panic
		}
	}
}
