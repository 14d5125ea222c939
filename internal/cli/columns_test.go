package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The kinds that were guessed of a table's columns are shown before anything is trained.
func TestSummaryShowsColumns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.csv")
	table := "size,colour,weight,label\n1,red,2.5,x\n2,blue,,y\n3,red,4,x\n4,green,5.5,y\n5,red,6,x\n6,blue,7,y\n7,red,2,x\n8,green,9,y\n"
	if err := os.WriteFile(file, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"summary", "iris-mlp", "--set", "data.source.file=" + file, "--set", "data.source.target=label", "--set", "data.split.validation=1",
		"--set", `data.preprocess=["fill_missing","one_hot"]`, "--set", "model.nodes.output.config.units=2"}
	code, stdout, stderr := command(context.Background(), args...)
	if code != ExitOK {
		t.Fatalf("code %d: %s", code, stderr)
	}
	squeezed := strings.Join(strings.Fields(stdout), " ")
	for _, want := range []string{"size number feature 0 1 to 8", "colour category feature 0 blue, green, red", "weight number feature 1 2 to 9", "label category target 0 x, y"} {
		if !strings.Contains(squeezed, want) {
			t.Errorf("the summary lacks %q:\n%s", want, stdout)
		}
	}
}
