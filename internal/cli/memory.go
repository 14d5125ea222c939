package cli

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// parseBytes reads a size such as 4GB, 512MB or 1.5 GB, at least a byte. Without one it is what
// the machine has free, or 0, no limit, where that cannot be told.
func parseBytes(s string) (int64, error) {
	if s == "" {
		return freeMemory(), nil
	}
	number, unit := strings.ToUpper(strings.TrimSpace(s)), 1.0
	for _, u := range []struct {
		name string
		size float64
	}{{"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}, {"B", 1}} {
		if head, ok := strings.CutSuffix(number, u.name); ok {
			number, unit = strings.TrimSpace(head), u.size
			break
		}
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !(v*unit >= 1) || v*unit > 1e18 {
		return 0, fmt.Errorf("--memory %s: wants a size such as 4GB or 512MB", s)
	}
	return int64(v * unit), nil
}

// freeMemory reads what Linux says it can give without swapping.
func freeMemory() int64 {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "MemAvailable:"); ok {
			if kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64); err == nil {
				return kib << 10
			}
		}
	}
	return 0
}
