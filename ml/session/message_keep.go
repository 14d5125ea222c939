package session

// Keep says under which name what is trained from now on is kept, until the next
// Open or Reset: while it trains, every few seconds, and whenever it stops. The
// answer to each time is a Kept.
type Keep struct {
	Run string // "" for nowhere
}

// Save keeps the run now, since its owner may be about to end.
type Save struct{}

// Kept says that a run was kept, or why it could not be kept or brought back.
// Training goes on in any case.
type Kept struct {
	Run     string
	Step    int
	Seconds float64 // of training that are in it
	Bytes   int
	Cost    float64 // seconds that training waited for it
	Resumed bool    // it was brought back
	Trouble string  // "" for none
	Said    *Said   // what the trouble is
}
