package experiment

import (
	"slices"
	"strings"
	"testing"

	"descent/ml/data"
	"descent/ml/nn"
	"descent/ml/optim"
)

// Every other name leads to an entry that there is.
func TestAlsoCalled(t *testing.T) {
	known := map[string][]string{
		"loss": nn.LossTypes(), "optimizer": optim.Types(), "schedule": optim.ScheduleTypes(),
		"preprocess": data.StepTypes(), "augment": data.AugmentationTypes(),
	}
	for kind, names := range alsoCalled {
		for name, ours := range names {
			if !slices.Contains(known[kind], ours) {
				t.Errorf("%s: %q leads to %q, which there is not", kind, name, ours)
			}
			if slices.Contains(known[kind], name) || name != strings.ToLower(name) || strings.ContainsAny(name, "_- ") {
				t.Errorf("%s: %q is never looked up", kind, name)
			}
		}
	}
	for setting, want := range map[string]string{
		"train.loss":      `train.loss: there is no loss "Sparse-Categorical_Crossentropy"; did you mean "cross_entropy"?`,
		"train.optimizer": `train.optimizer: there is no optimizer "nesterov"; did you mean "momentum"?`,
		"train.schedule":  `train.schedule: there is no schedule "ReduceLROnPlateau"; did you mean "reduce_on_plateau"?`,
		"data.augment":    `there is no augmentation "translate"; did you mean "shift"?`,
		"data.preprocess": `there is no preprocessing step "normalize"; did you mean "standardise"?`,
	} {
		name := strings.Split(want, `"`)[1]
		if strings.HasPrefix(setting, "data.") {
			name = `["` + name + `"]`
		}
		if _, err := set(t, setting, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", setting, err, want)
		}
	}
}
