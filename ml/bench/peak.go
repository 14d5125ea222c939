package bench

import (
	"os"
	"runtime"
	"strconv"
	"strings"
)

// peak returns the most memory the process has taken, in MB: what the system
// says where it does (Linux), and otherwise what Go has taken from it, which in
// a browser is the size of the module's memory.
func peak() float64 {
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(status)) {
			if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				if kb, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64); err == nil {
					return kb * 1024 / 1e6
				}
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / 1e6
}
