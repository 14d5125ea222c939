package session

// Version is the version of the protocol. The first event of a session is a
// Hello that carries it.
const Version = 1

// A Command is what a user interface asks for. Exactly one field is set.
type Command struct {
	Open     *Open
	Run      *Run
	Pause    *Pause
	Reset    *Reset
	Tune     *Tune
	Watch    *Watch
	Ack      *Ack
	Predict  *Predict
	Evaluate *Evaluate
	Look     *Look
	Generate *Generate
	Stop     *Stop
	Sample   *Sample
	Trace    *Trace
	Examine  *Examine
	Explain  *Explain
	Keep     *Keep
	Save     *Save
	Browse   *Browse
	Describe *Describe
	Preview  *Preview
}

// Open replaces what the session holds: it reads the experiment, loads the
// data, makes the model with its initial weights, and stops there, ready.
// Problems with the document come back in one Error and leave the session empty.
// What is told from then on carries the Number, so that who opens one thing after
// another knows which of them an event is about.
type Open struct {
	Experiment string // the document's text
	Number     int
	Resume     string // the run to go on with, from where it was last kept; "" for a new one
}

// Run trains, for a number of steps or, when it is 0, to the experiment's end.
// While it trains, another Run changes the rate at once; without Steps it ends
// where the first one would.
type Run struct {
	Steps int
	Rate  float64 // steps a second at most, so that a small model can be watched; 0 for as fast as it goes
	Alone bool    // one worker computes, whatever others there are; the numbers are the same
}

// Pause stops after the step in progress.
type Pause struct{}

// Reset goes back to the same initial weights and to step 0. The State with
// step 0 that answers it begins the curves anew.
type Reset struct{}

// Tune changes a setting of the running optimizer, by its field name: "lr". It
// acts from the next step on, and is told as a Change.
type Tune struct {
	Field string
	Value float64
}

// Watch says which views to send and how their pixels are coloured. It
// replaces the Watch before it. Views are sent at once, and again when the
// model has changed.
type Watch struct {
	Samples  int     // so many training samples with their labels
	Checks   int     // so many validation samples with the model's predictions
	Boundary int     // pixels along each side of the decision map; 0 for none
	Palette  []int   // 0xRRGGBB for each class, then the one that doubt fades to; of a map of values: low, middle, high
	Low      float64 // the corner of the map, in data units, and its side
	Side     float64

	Metrics bool // validations measure all there is to measure
	Speed   bool // steps are timed, and a Speed comes every second

	// Of sequences.
	Subject    Subject
	Reading    int    // so many candidates at each place of the subject
	Attention  string // the path of an Inside, or Rollout
	States     string
	Table      string
	Vocabulary bool // with how often each token comes

	Insides
}

// Ack says that the views of the event with that Seq were drawn. No further
// views are sent before it: a slow page skips pictures instead of queueing them.
type Ack struct {
	Seq int
}

// Predict asks for the model's answer to one sample, raw, as the data has it, or
// to a text that the data's tokenizer reads. For comes back with the answer.
type Predict struct {
	Input []float64
	Text  string
	For   string
}

// Evaluate measures a part of the data, "train", "validation" or "test", with
// the model as it is; the answer is a Report, and but for "train" a Point on the
// curve of that name. What the model answered is kept until the next one, for
// Trace, Examine and Explain.
//
// Each time that the test is measured is counted. Opened is how often whoever
// asks knows that it was before, in another session.
type Evaluate struct {
	Part   string
	Opened int
}

// Look asks what a source of data holds, whatever is open; the answer is a Seen,
// or an Error with NoData. So a model can be made to fit a file of a person's own.
type Look struct {
	Source string // as a document's data.source has it
}

// An Event is what a session tells. Any fields may be set; nil means
// unchanged, so later events may be laid over earlier ones.
type Event struct {
	Seq        int
	Of         int // the Number of the Open that it is about; 0 where that had none
	Hello      *Hello
	Gauged     *Gauged
	State      *State
	Progress   *Progress
	Model      *Model
	Data       *Data
	Stats      *Stats
	Speed      *Speed
	Points     []Point
	Changes    []Change
	Checkup    *Checkup
	Facts      *Facts
	Samples    *Samples
	Checks     *Samples
	Boundary   *Picture
	Prediction *Prediction
	Report     *Report
	Curve      *Curve
	Residuals  *Residuals
	Cases      *Cases
	Explained  *Explanation
	Seen       *Seen
	Error      *Error

	Vocabulary *Vocabulary
	Reading    *Reading
	Attention  *Matrix
	States     *Matrix
	Table      *Cloud
	Network    *Network
	Viewed     *Viewed
	Values     []Matrix
	Spreads    *Spreads
	Projection *Projection
	Written    []Written
	Sampled    []Sampled

	Kept      *Kept
	Browsed   *Browsed
	Described *Described
	Previewed *Previewed
}

// Hello is the first event.
type Hello struct {
	Version int
	Kernel  string // the arithmetic in force: "avx512", "wasm simd128", "scalar"
}

// Phases of a session.
const (
	Empty   = "empty"   // nothing opened, or what was opened had errors
	Loading = "loading" // data on its way
	Ready   = "ready"   // stopped: at step 0, or paused
	Running = "running"
	Done    = "done"   // the last epoch is over
	Failed  = "failed" // stopped by an Error: the loss is not finite
)

// State says where the session stands.
type State struct {
	Phase  string
	Step   int // steps done
	Epoch  int // epochs done
	Steps  int // in an epoch
	Epochs int // in the experiment
	// Stopped says why training was Done before its last step: a target that
	// was reached, or validations that stopped getting better.
	Stopped string
	Said    *Said // what Stopped was made of, where that is known
}

// Progress is how far loading has come, in bytes or samples.
type Progress struct {
	What        string
	Done, Total int
}

// Model is the model as it was built.
type Model struct {
	Input      []int // one sample's shape
	Layers     []Layer
	Parameters int
	FLOPs      float64 // forward, one sample
	Bytes      int     // of parameters, optimizer state and activations in memory
	Insides    []Inside
}

// Layer is one node of the model.
type Layer struct {
	ID, Type   string
	Output     []int
	Parameters int
	Parts      []string // the steps on the way to its output, by what follows its name: "pre"
	Weights    []string // its parameters, likewise
	FLOPs      float64  // forward, one sample
}

// Data is what was loaded.
type Data struct {
	Source                  string
	X                       []int
	Classes                 []string // nil for values
	Train, Validation, Test int
	Low, High               float64 // range of the raw features

	// Of tokens.
	Y          []int
	Tokens     int    // different ones
	Layout     string // kinds of data.Layout
	Question   int
	Backwards  bool
	Stride     int
	Features   []Feature   // of a table, or of points
	Samples    int         // of the source that are divided; more than Train and Validation where they overlap
	Removed    int         // more there were, which edits took out
	Vocabulary *Vocabulary // without its counts
	Baselines  []Baseline
}

// Stats is how training goes at the moment.
type Stats struct {
	Step             int
	Epoch            float64 // with its fraction
	Loss             float64 // of the latest steps, smoothed over about 20
	Accuracy         float64 // likewise; -1 when there are no classes
	SamplesPerSecond float64
	Workers          int    // that compute the steps
	Alone            string // why it is one: see AloneSmall and its like
	SecondsLeft      float64
	Seconds          float64 // spent training
	Rate             float64 // the learning rate of the latest step
	GradNorm         float64 // the length of its gradient, before it was clipped
}

// A Point is one measurement on a curve.
type Point struct {
	Curve    string // "train": the mean since the last point; "validation": the whole validation part; "test"
	Step     int
	Epoch    float64
	Loss     float64
	Accuracy float64 // -1 when there are no classes
	Seconds  float64 // spent training up to here

	// Of the latest step of a point of "train".
	Rate     float64 // the learning rate
	GradNorm float64 // the length of the gradient, before it was clipped
	Ratio    float64 // the length of the step over that of the weights

	// Of a point of "validation", where a Watch wanted all that is measured, or
	// training goes by it.
	Metrics []string
	Values  []float64
}

// Samples is some samples of the data. For images, Blob is the index of the
// event's blob with their pixels, one byte a channel, sample after sample. For
// others it is -1 and Values holds the features, sample after sample.
type Samples struct {
	Count       int
	Shape       []int // one sample's
	Blob        int
	Values      []float64
	Labels      []float64 // class index, or the value
	Predicted   []int     // of Checks with classes
	Probability []float64 // of the predicted class
}

// Picture is pixels: Blob is the index of the event's blob with Width·Height·4
// bytes of RGBA, top row first.
type Picture struct {
	Width, Height int
	Blob          int
	Step          int
	Unit          Unit    // whose map it is, and not of the model's answer
	Most          float64 // of a unit: the number with the full colour
}

// Prediction answers Predict.
type Prediction struct {
	Values []float64 // probabilities of the classes, or the values
	Step   int
	For    string
}

// Report answers Evaluate with everything that is measured.
type Report struct {
	Part    string
	Step    int
	Count   int      // samples
	Metrics []string // names of experiment.Metrics that the model has
	Values  []float64
	K       int // of top_k
	// Of each class, or of each question of yes or no; an AUC that is not
	// defined is NaN.
	Precision, Recall, F1, AUC []float64
	Samples                    []int // that are of the class
	Confusion                  []int // [right class · classes + predicted class]; none with very many classes

	Opened  int // how often the test part was measured by now, whichever part this is of
	Classes int // that a decision chooses among; 0 for values
	// Single says that there is one decision, or row of values, for each sample,
	// so that they can be looked at; Cut that some had no room.
	Single, Cut bool
	Decisions   int
	Mistakes    int
	Low, High   []float64 // the 95 % interval of each of Values; NaN where none is known
	Methods     []string  // how each was found; see evaluation.Interval
	Beside      []Beside
	Calibration *Calibration // of classes
	Curve       *Curve       // of the second of two classes
	Residuals   *Residuals   // of the first output of values
	Explains    string       // what Explain can do here: "image", "features" or ""
}

// Seen answers Look.
type Seen struct {
	Source      string // as it was asked for
	Instead     string // the source that reads it, where it is another: a table of texts and labels
	X, Y        []int
	Classes     []string // nil for values
	Tokens      int      // X holds the numbers of so many different tokens; 0 for values
	Train, Test int
	Columns     []Column // of a table
}

// Column is what was found out about a column of a table; see data.Column.
type Column struct {
	Name, Kind, Role string
	Missing          int
	Values           int // different ones, of a category
}

// Troubles of keeping.
const (
	NoRoom   = "no_room" // there is no room for it
	NoKeeper = "nowhere" // it cannot be kept here at all
	Missing  = "missing" // it is not there
	Damaged  = "damaged" // all that is there is not what was written
	Older    = "older"   // the latest was damaged; the one before it was taken
	Misfit   = "misfit"  // it is of another experiment
)

// Error codes.
const (
	Invalid   = "invalid"   // the experiment has problems: see Problems
	NoData    = "no_data"   // the data could not be loaded
	NotFinite = "nonfinite" // the loss became infinite or not a number
	Refused   = "refused"   // the command makes no sense now
)

// Error is what went wrong.
type Error struct {
	Code     string
	Message  string
	Said     *Said // what Message was made of, where that is known
	Problems []Problem
}

// Problem is one problem of a document.
type Problem struct {
	Node, Field  string
	Line, Column int
	Message      string
	Fix          string // a mend the interface can offer: "insert_flatten", "padding_same"
	Said         *Said  // what Message was made of, where that is known
}
