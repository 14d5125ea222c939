package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"descent/ml/data"
)

// A column is one column of a table as it was understood: what kind of values
// it was guessed to hold, and what is made of it.
type column struct {
	Name    string   `json:"name"`
	Kind    string   `json:"kind"`
	Role    string   `json:"role"`
	Missing int      `json:"missing"`
	Min     *float64 `json:"min,omitempty"` // of numbers
	Max     *float64 `json:"max,omitempty"`
	Values  []string `json:"values,omitempty"` // of categories
}

func columns(all []data.Column) (out []column) {
	for _, c := range all {
		one := column{Name: c.Name, Kind: c.Kind, Role: c.Role, Missing: c.Missing}
		switch c.Kind {
		case data.Number:
			one.Min, one.Max = &c.Min, &c.Max
		case data.Category:
			one.Values = c.Values
		}
		out = append(out, one)
	}
	return out
}

// printColumns shows the guesses, so that a wrong one is seen before it is trained on.
func printColumns(w io.Writer, all []column) error {
	if len(all) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "  column\tkind\trole\tmissing\tvalues")
	for _, c := range all {
		values := ""
		switch {
		case c.Min != nil:
			values = fmt.Sprintf("%g to %g", *c.Min, *c.Max)
		case len(c.Values) > 6:
			values = fmt.Sprintf("%s, … (%d)", strings.Join(c.Values[:5], ", "), len(c.Values))
		default:
			values = strings.Join(c.Values, ", ")
		}
		fmt.Fprintf(t, "  %s\t%s\t%s\t%d\t%s\n", c.Name, c.Kind, c.Role, c.Missing, values)
	}
	return t.Flush()
}
