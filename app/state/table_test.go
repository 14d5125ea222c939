package state

import (
	"encoding/csv"
	"strings"
	"testing"

	"descent/ml/session"
)

// The table can be read by who reads CSV, has a row for each point in the order of the steps, and other runs after them.
func TestMeasuredCSV(t *testing.T) {
	s := New("p", "{}")
	s.Train = curveOf(3, 2.5)
	s.Valid.Points = []session.Point{{Curve: "validation", Step: 5, Epoch: 0.5, Loss: 2.75, Accuracy: 0.5, Metrics: []string{"f1"}, Values: []float64{0.25}}}
	s.Overlays = []Overlay{{Name: `=other, "old"`, Train: curveOf(9)}}
	rows, err := csv.NewReader(strings.NewReader(s.MeasuredCSV("this"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"run|curve|step|epoch|seconds|loss|accuracy|lr|grad_norm|ratio|f1",
		"this|train|0|0|0|3||0.1|||",
		"this|validation|5|0.5|0|2.75|0.5||||0.25",
		"this|train|10|1|0.25|2.5||0.1|||",
		`'=other, "old"|train|0|0|0|9||0.1|||`,
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows: %v", len(rows), rows)
	}
	for i, row := range rows {
		if got := strings.Join(row, "|"); got != want[i] {
			t.Errorf("row %d is %s, want %s", i, got, want[i])
		}
	}
}
