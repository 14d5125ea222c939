package data

import (
	"slices"
	"strings"

	"descent/ml/config"
	"descent/ml/tensor"
)

// A Step changes the features of one sample before the model sees them. A step
// has settings but no state, so it is the same for every sample and may be
// applied from many goroutines at once.
type Step interface {
	Fields() []config.Field
	Shape(in tensor.Shape) (tensor.Shape, error) // what it makes of one sample; as many values as in
	Apply(x []float32)                           // in place
}

// StepInfo is the catalogue entry of a preprocessing step.
type StepInfo struct {
	Type, Title, Doc string
	New              func() Step
}

var steps []StepInfo

// RegisterStep adds a step to the catalogue. Each step's file calls it from init.
func RegisterStep(info StepInfo) {
	if _, ok := LookupStep(info.Type); ok || info.Type == "" || info.New == nil {
		panic("data: step " + info.Type + " is registered twice or has no New")
	}
	steps = append(steps, info)
	slices.SortFunc(steps, func(a, b StepInfo) int { return strings.Compare(a.Type, b.Type) })
}

// Steps returns the catalogue, by type.
func Steps() []StepInfo { return slices.Clone(steps) }

// LookupStep returns the step of that type.
func LookupStep(typ string) (StepInfo, bool) {
	for _, info := range steps {
		if info.Type == typ {
			return info, true
		}
	}
	return StepInfo{}, false
}

// StepTypes returns the types of all steps, in the catalogue's order.
func StepTypes() []string {
	types := make([]string, len(steps))
	for i, info := range steps {
		types[i] = info.Type
	}
	return types
}

// Preprocess returns d with the steps applied, in order, to the features of
// every sample as it is read. Targets are left alone.
func Preprocess(d Dataset, steps []Step) Dataset {
	if len(steps) == 0 {
		return d
	}
	return preprocessed{d, slices.Clone(steps)}
}

type preprocessed struct {
	Dataset
	steps []Step
}

func (p preprocessed) Read(i int, x, y []float32) {
	p.Dataset.Read(i, x, y)
	for _, step := range p.steps {
		step.Apply(x)
	}
}
