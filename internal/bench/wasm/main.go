//go:build js && wasm

// Command wasm is the benchmark as a browser runs it: it measures the workloads named on its command line, as
// mnist-cnn/128 or sgemm/512, and writes a line of JSON for each to stdout. Its own name is where it runs: node or
// chromium.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"descent/ml/bench"
)

func main() {
	for _, arg := range os.Args[1:] {
		if err := measure(os.Args[0], arg); err != nil {
			fmt.Fprintln(os.Stderr, arg+":", err)
			os.Exit(1)
		}
	}
}

func measure(env, arg string) error {
	name, size, _ := strings.Cut(arg, "/")
	n, err := strconv.Atoi(size)
	if err != nil {
		return err
	}
	if name == "sgemm" {
		r, err := bench.Usual.MatMul(n)
		if err == nil {
			fmt.Println(r.JSON(env))
		}
		return err
	}
	for _, w := range bench.Workloads {
		if w.Name == name && w.Batch == n {
			r, err := bench.Usual.Train(w, 1)
			if err == nil {
				fmt.Println(r.JSON(env))
			}
			return err
		}
	}
	return fmt.Errorf("there is no such workload")
}
