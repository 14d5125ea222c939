package state

import "testing"

// What was chosen of the charts comes back, and what cannot be does not.
func TestKeptCharts(t *testing.T) {
	s := New("", "{}")
	for _, a := range []Action{Smooth{0.57}, SetAxis{ByTime}, ShowLogX{true}, ShowLog{true}} {
		s.Apply(a)
	}
	for _, c := range []struct {
		kept     map[string]int
		smooth   float64
		axis     string
		logX, on bool
	}{
		{s.KeptCharts(), 0.57, ByTime, true, true},
		{nil, 0, ByEpoch, false, false},
		{map[string]int{"smooth": 100, "axis": 3, "log_x": 2}, 0, ByEpoch, false, false},
		{map[string]int{"smooth": -1, "axis": -1, "log_y": 1}, 0, ByEpoch, false, true},
	} {
		back := New("", "{}")
		rev := back.Rev(OnCharts)
		back.Apply(RecallCharts{c.kept})
		if back.Smoothing != c.smooth || back.Axis != c.axis || back.LogX != c.logX || back.Log != c.on || back.Rev(OnCharts) == rev {
			t.Errorf("%v came back as %+v, log y %v", c.kept, back.Charting, back.Log)
		}
	}
}
