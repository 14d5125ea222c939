package session

// Generate asks the model to write on from a prompt, or to answer it where the
// data has questions and answers. It replaces a Generate that is not done. Its
// settings are those of generate.Settings.
type Generate struct {
	Prompt      string
	Tokens      int
	Temperature float64
	TopK        int
	TopP        float64
	Repetition  float64
	Seed        int
	Beams       int
	Guesses     int // so many of the likeliest tokens are told of at each step
}

// Stop ends writing; what was written stays.
type Stop struct{}

// Sample has the model write a little, always with the same settings, every so
// many steps, so that its writing can be seen to improve.
type Sample struct {
	Every int // steps; 0 for never
	Write Generate
}

// Written is a step of what Generate asked for; they come in order, and none is
// left out.
type Written struct {
	Run     int     // counts the Generates since Open, from 1
	Step    int     // of training, whose weights write
	Token   int     // -1 where there is none: in the first of a run, and the last
	Text    string  // to be shown behind what is there
	Chance  float64 // the model's own probability of it
	Guesses []int   // the likeliest tokens at that place, best first
	Weights []float64
	Missing []string  // of the first: what the vocabulary lacks of the prompt
	Done    bool      // of the last
	Wrong   []Problem // and why it could not be written as asked
	Right   string    // and where the question has one right answer, that
	Exact   bool      // and whether the model gave it
}

// Sampled is what the model wrote after a step, and how training stood.
type Sampled struct {
	Step int
	Loss float64 // of the latest steps, smoothed; 0 before the first
	Text string
}
