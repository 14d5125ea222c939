package session

// Parts of the data by which Browse chooses. Neither is what the split leaves
// out; of the test nothing is told but how many samples it has.
const (
	PartTrain      = "train"
	PartValidation = "validation"
	PartNeither    = "neither"
	PartRemoved    = "removed" // by an edit
	PartEdited     = "edited"  // with a label that an edit has set
	PartTest       = "test"
)

// Browse asks for some of the samples that are not the test's, as they are
// before preprocessing; the answer is a Browsed.
type Browse struct {
	Part   string // one of the above; "" for all
	Class  int    // counted from 1; 0 for all
	Search string // what a cell of a table holds, or a text, in whatever case
	Sort   int    // by the feature counted from 1, or by the label with one more; below 0 from the largest; 0 as the source has them
	From   int    // so many of those found come before
	Count  int
}

// Browsed is what was found.
type Browsed struct {
	Asked   Browse
	Total   int       // that were found
	Index   []int     // of each on the page, in what the source gives to train on
	Parts   []string  // PartTrain, PartValidation, PartNeither or PartRemoved
	Labels  []float64 // class index, or value
	Own     []float64 // likewise, without edits
	Shape   []int     // one sample's
	Blob    int       // of the pixels of images, one byte a channel; -1 for others
	Values  []float64 // the features of samples that are no images and no tokens
	Texts   []string  // of tokens
	Answers []string  // of questions
}

// Describe asks how the data is spread, over all samples but the test's; the
// answer is a Described.
type Describe struct{}

// Described is how the data is spread.
type Described struct {
	Shares  []Share
	Columns []Spread // of features that are no image's and no tokens, and a target that is a value
}

// Share is a part of the data.
type Share struct {
	Part    string
	Count   int
	Classes []int // samples of each class; none of the test, which stays sealed
}

// Spread is how the values of a column are spread. Those that are not there
// count for Missing and nothing else.
type Spread struct {
	Name, Kind, Role string // see data.Column; points have columns x1 and x2
	Count, Missing   int
	Mean, Deviation  float64 // of the whole population
	Min, Max         float64
	Names            []string // of a category
	Bins             []int    // how many there are of each category, or in each of equal steps from Min to Max
}

// Preview asks what becomes of some training samples on their way to the model,
// step by step; the answer is a Previewed.
type Preview struct {
	From  int // so many training samples come before
	Count int
	Draw  int // another number draws other augmentations, as another step of training does
}

// Previewed is that way. The first stage is the samples as they were read.
type Previewed struct {
	Asked  Preview
	Index  []int
	Labels []float64
	Stages []Stage
}

// Stage is the samples after a step, with figures over some hundreds of those
// that are trained on.
type Stage struct {
	Path            string // of the step in the document: "data.augment[0]"; "" for the first
	Type            string
	Shape           []int
	Blob            int       // pixels of images, as bytes from Low to High of the display; -1 for others
	Values          []float64 // of others
	Names           []string  // of the columns of a table
	Mean, Deviation float64
	Min, Max        float64
}
