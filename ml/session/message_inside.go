package session

// What is watched of the model at work, beside what sequences have (see Watch).
type Insides struct {
	Units    int      // pixels along each side of a map for every unit, where samples are points of a plane; 0 for none
	Unit     Unit     // the boundary is the map of this unit, not of the model's answer
	Signed   []int    // 0xRRGGBB of such a map: low, middle and high
	Values   []string // paths: what they hold for the subject, or as parameters
	Spreads  string   // one of OfWeights, OfGradients and OfActivations
	Projects string   // a path: where its principal components put the validation samples
}

// Unit is one number of a value that the model computes of a sample.
type Unit struct {
	Path  string
	Index int
}

// Kinds of Spreads.
const (
	OfWeights     = "weights"
	OfGradients   = "gradients"
	OfActivations = "activations"
)

// Network is a model of points of a plane as a picture: what each unit answers
// over the plane, and the weights between the units.
type Network struct {
	Step  int
	Side  int    // pixels along each side of a map
	Tiers []Tier // the input first
	More  int    // tiers that are left out before the last
	// Maps is the index of the blob with Side·Side bytes for each unit that is
	// shown, tier after tier, top row first: 128 stands for 0, 255 for the
	// tier's Most.
	Maps int
	// Weights is the index of the blob with the tiers' numbers as float32,
	// little endian: of each tier that HasWeights, for each of its units the
	// weights of the units it reads, and for each its bias.
	Weights int
}

// Tier is units side by side.
type Tier struct {
	Path       string // the value that they are
	Layer      string // the node that computes it: with an activation or a normalisation behind it, the first
	Units      int    // that are shown
	All        int
	From       []int // the tiers that it reads
	Most       float64
	Chances    bool // the values are probabilities of classes
	HasWeights bool // of a dense layer that reads a tier that is shown
}

// Viewed is the sample that Values are of, and what the model says of it.
type Viewed struct {
	Step    int
	Drawn   bool // it is the subject's Pixels, not a sample
	Sample  int
	Samples int       // that there are to choose from
	Label   []float64 // the right answer; none where it is not known
	Answer  []float64 // probabilities of the classes, or values; the first of many
}

// Spreads is how the numbers of each parameter, or of each layer, are spread.
// Each has Columns columns of the same width from its least to its greatest.
type Spreads struct {
	Of      string
	Step    int
	Samples int // that activations are of
	Names   []string
	Shapes  [][]int
	Counts  []int // finite numbers
	Broken  []int // numbers that are not finite
	Zeros   []int
	Min     []float64
	Max     []float64
	Mean    []float64
	SD      []float64
	Columns int
	Blob    int // shares of the columns as float32, name after name
	More    int // that are left out
}

// Projection is where samples lie along the principal components of what the
// model makes of them, scaled so that the furthest is 1 away from the middle.
type Projection struct {
	Path      string
	Shape     []int // of the value
	Step      int
	Used      int       // so many of its numbers, evenly spaced, were looked at
	Places    []float64 // x, y and z of each
	Explained []float64 // the share of the variance along each
	Samples   []int     // which they are
	Labels    []float64 // class index, or value; NaN where a sample has no single one
	Predicted []int     // where there are classes
}
