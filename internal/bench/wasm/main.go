//go:build js && wasm

// Command wasm is the benchmark as a browser runs it: it measures the workloads named on its command line, as
// mnist-cnn/128 or sgemm/512, after the number of workers, and writes a line of JSON for each to stdout. Its own name is
// where it runs: node or chromium. Workers beside the first are those of the playground.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall/js"
	"time"

	"descent/ml/bench"
	"descent/ml/train"
	"descent/wasm/crew"
)

func main() {
	if name := js.Global().Get("name"); name.Type() == js.TypeString && strings.HasPrefix(name.String(), crew.MemberName) {
		crew.Assist(open)
	}
	workers, err := strconv.Atoi(os.Args[1])
	for _, arg := range os.Args[2:] {
		if err == nil {
			err = measure(os.Args[0], arg, workers)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, arg+":", err)
			os.Exit(1)
		}
	}
}

func measure(env, arg string, workers int) error {
	name, n, err := parse(arg)
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
	w, err := workload(arg)
	if err != nil {
		return err
	}
	var join func(*train.Trainer) error
	if workers > 1 {
		join = func(t *train.Trainer) error { return hire(t, arg, workers-1) }
	}
	r, err := bench.Usual.TrainWith(w, workers, join)
	if err == nil {
		fmt.Println(r.JSON(env))
	}
	return err
}

// hire gets a trainer its crew, and waits for it. A batch that is not cut is computed by one worker, as on the page.
func hire(t *train.Trainer, arg string, members int) error {
	if members = min(members, t.Parts()-1); members == 0 {
		return nil
	}
	crews := crew.Crews{Name: js.Global().Get("memberName").String()}
	c, why := crews.Hire(arg, members, t.Parts(), len(t.Params().Value))
	if c == nil {
		return fmt.Errorf("one worker alone: %s", why)
	}
	t.Lead(c)
	for begin := time.Now(); c.Members() < members; time.Sleep(10 * time.Millisecond) {
		if time.Since(begin) > 20*time.Second {
			return fmt.Errorf("%d workers have joined, want %d", c.Members(), members)
		}
	}
	return nil
}

// open makes the trainer of a member, which hears of the workload.
func open(arg string, _ js.Value) *train.Trainer {
	w, err := workload(arg)
	if err != nil {
		panic(err)
	}
	e, set, err := w.Experiment()
	if err != nil {
		panic(err)
	}
	t, err := train.New(e, set, train.Options{})
	if err != nil {
		panic(err)
	}
	return t
}

func parse(arg string) (name string, size int, err error) {
	name, number, _ := strings.Cut(arg, "/")
	size, err = strconv.Atoi(number)
	return name, size, err
}

func workload(arg string) (bench.Workload, error) {
	name, batch, err := parse(arg)
	for _, w := range bench.Workloads {
		if err == nil && w.Name == name && w.Batch == batch {
			return w, nil
		}
	}
	return bench.Workload{}, fmt.Errorf("there is no workload %s", arg)
}
