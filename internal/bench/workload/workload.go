// Package workload holds what is measured: training steps of a few models that every library of the field can be asked
// for, and matrix products. Values are random; what is timed is the forward and backward pass and the update.
package workload

import (
	"fmt"
	"strconv"
	"strings"

	"descent/ml/experiment"
	"descent/ml/kernel"
	"descent/ml/tensor"
	"descent/ml/train"
)

// A Workload is ready to run: Step may be called any number of times.
type Workload struct {
	Batch int     // samples a step; 0 for a matrix product
	Flops float64 // a step's, of a matrix product; else 0
	Step  func() error
}

// Names returns the workloads in the order in which a table shows them.
func Names() []string {
	names := []string{"sgemm-256", "sgemm-384", "sgemm-512", "sgemm-1024"}
	for _, m := range models {
		names = append(names, m.name)
	}
	return names
}

// Open prepares the workload of that name: one of Names, or sgemm-N for any N.
func Open(name string) (*Workload, error) {
	if size, ok := strings.CutPrefix(name, "sgemm-"); ok {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 || n > 8192 {
			return nil, fmt.Errorf("workload %s: a matrix has 1 to 8192 rows", name)
		}
		return product(n), nil
	}
	for _, m := range models {
		if m.name == name {
			return m.open()
		}
	}
	return nil, fmt.Errorf("there is no workload %q; there are %s", name, strings.Join(Names(), ", "))
}

// product multiplies two matrices of n by n.
func product(n int) *Workload {
	a, b, c := make([]float32, n*n), make([]float32, n*n), make([]float32, n*n)
	s := tensor.NewStream(1, "product")
	for i := range a {
		a[i], b[i] = float32(s.Normal(uint64(2*i))), float32(s.Normal(uint64(2*i+1)))
	}
	temp := make([]float32, kernel.MatMulTemp(n, n, n))
	return &Workload{Flops: 2 * float64(n) * float64(n) * float64(n), Step: func() error {
		kernel.MatMul(c, a, b, nil, kernel.None, n, n, n, temp)
		return nil
	}}
}

func (m *model) open() (*Workload, error) {
	t, err := m.trainer()
	if err != nil {
		return nil, fmt.Errorf("workload %s: %w", m.name, err)
	}
	return &Workload{Batch: m.batch, Step: func() error {
		_, err := t.Step()
		return err
	}}, nil
}

func (m *model) trainer() (*train.Trainer, error) {
	e, err := experiment.Parse([]byte(m.document()))
	if err != nil {
		return nil, err
	}
	set, err := e.Data.Settings.Open(e.Seed, nil, nil)
	if err != nil {
		return nil, err
	}
	return train.New(e, set, train.Options{})
}
