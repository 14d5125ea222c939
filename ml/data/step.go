package data

import (
	"slices"

	"descent/ml/config"
)

// A Step changes the features of one sample before the model sees them. A step
// has settings but no state, so it may be applied from many goroutines at once.
type Step interface {
	Fields() []config.Field
	// Form says what the step makes of one sample.
	Form(in Form) (Form, error)
	// Apply computes dst, the values of a sample of form Form(in), from src,
	// those of form in. The two share no memory. Stats is what Fit returned.
	Apply(dst, src []float32, in Form, stats []float32)
}

// A Fitter is a step that has to see samples before it can be applied. It is
// given those that are trained on and no others: what it finds out about them
// is part of the trained model.
type Fitter interface {
	Step
	// Fit returns numbers that say what Apply has to know. d has samples of
	// form in, as the steps before have made them.
	Fit(d Dataset, in Form) []float32
	// Stats returns how many numbers those are.
	Stats(in Form) int
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
	at := 0
	for at < len(steps) && steps[at].Type < info.Type {
		at++
	}
	steps = slices.Insert(steps, at, info)
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
