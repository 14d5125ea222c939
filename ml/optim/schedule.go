package optim

import (
	"slices"

	"descent/ml/config"
)

// A Schedule says how the learning rate changes while training goes on. It
// holds settings only, and starts from the rate that the optimizer was set to.
type Schedule interface {
	Fields() []config.Field
	// Rate returns the learning rate of a step, given the one that was set.
	Rate(base float64, m Moment) float64
}

// A Moment is where training stands when a step asks for its learning rate.
type Moment struct {
	Step     int // from 0
	Steps    int // in the whole training
	PerEpoch int // in an epoch
	Memory   Memory
}

// Epoch returns the number of whole epochs done.
func (m Moment) Epoch() int { return m.Step / max(1, m.PerEpoch) }

// Memory is what a Watcher has seen. It is kept in checkpoints.
type Memory struct {
	Count  int     // measurements seen
	Best   float64 // the best measurement
	Waited int     // measurements since
	Cuts   int     // how often the rate was cut
}

// A Watcher is a schedule that goes by the validation loss.
type Watcher interface {
	Schedule
	Watch(loss float64, m *Memory)
}

// A ScheduleInfo is a schedule's entry in the catalogue.
type ScheduleInfo struct {
	Type, Title, Doc string
	Formula          string
	New              func() Schedule
}

var schedules []ScheduleInfo

// RegisterSchedule adds a schedule; each schedule's file calls it once.
func RegisterSchedule(info ScheduleInfo) {
	at := len(schedules)
	if info.Type == "constant" {
		at = 0
	}
	schedules = slices.Insert(schedules, at, info)
}

// Schedules returns the catalogue, constant first.
func Schedules() []ScheduleInfo { return slices.Clone(schedules) }

// LookupSchedule finds a schedule by type.
func LookupSchedule(typ string) (ScheduleInfo, bool) {
	i := slices.IndexFunc(schedules, func(info ScheduleInfo) bool { return info.Type == typ })
	if i < 0 {
		return ScheduleInfo{}, false
	}
	return schedules[i], true
}

// ScheduleTypes returns the names of all schedules.
func ScheduleTypes() []string {
	var out []string
	for _, info := range Schedules() {
		out = append(out, info.Type)
	}
	return out
}
