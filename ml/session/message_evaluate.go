package session

// Beside is what a baseline reaches on the same samples, by the names of
// metrics. The baseline "prior" answers the shares of the classes in training,
// or the mean of the values, to every sample; "uniform", "unigram" and "bigram"
// count tokens.
type Beside struct {
	Name    string
	Metrics []string
	Values  []float64
}

// Calibration tells whether the model is as often right as it is sure; see
// evaluation.Calibration. Bins are of equal width from 0 to 1.
type Calibration struct {
	Error    float64
	Counts   []int
	Sure     []float64
	Accuracy []float64
}

// Curve tells how one class is told from the rest; see evaluation.Curve.
type Curve struct {
	Class              int
	Positive, Negative int
	Hits, Alarms       []int // as the probability asked for goes down
	HitsAt, AlarmsAt   []int // above 0, 0.01, ..., 1
	Area, Precision    float64
}

// Residuals tell how far off one output of values is; see evaluation.Residuals.
type Residuals struct {
	Output, Outputs int
	Count           int
	Mean, SD        float64
	Low, High       float64 // of the histogram
	Histogram       []int
	Answered, Told  []float64
}

// Trace asks for the curve of a class, or the residuals of an output, of the
// answers that were reported last.
type Trace struct {
	Of int
}

// Examine asks for samples of the part that was reported last, with what the
// model answered to each; the answer is Cases. Orders are those of
// evaluation. Right and Guess are for "cell".
type Examine struct {
	Order        string
	Right, Guess int
	From, Count  int
}

// Cases answers Examine.
type Cases struct {
	Asked   Examine
	Part    string
	Step    int
	Total   int      // that there are in this order
	Places  []int    // of each in the evaluation, for Explain
	Numbers []int    // of each in its part of the data, from 0
	Samples *Samples // as the data has them, before preprocessing
	Texts   []string // of tokens
	Chance  []float64
	Width   int       // numbers of each answer
	Answers []float64 // probabilities of the classes, or values, case after case
	Told    []float64 // of values
}

// Explain asks which input mattered. With Features it shuffles the columns of
// the part that was reported last; else it covers an image, patch after patch:
// Input, or where that is empty the sample at a Place of Cases.
type Explain struct {
	Features bool
	Place    int
	Input    []float64
	Class    int // whose probability is followed, counted from 1; 0 for the likeliest
}

// Explanation answers Explain, again and again until Done is Total.
type Explanation struct {
	Features    bool
	Place       int // -1 of an Input
	Step        int
	Done, Total int

	// Of an image: what the answer lost where each pixel was covered.
	Height, Width int
	Patch         int
	Lost          []float64
	Class         int
	Answer        float64 // to the whole image
	Blob          int     // the image, as Samples has one; -1 for none
	Shape         []int

	// Of features: what the score lost when each was shuffled.
	Part    string
	Samples int
	Score   float64 // of the samples as they are: accuracy, or R²
	Mean    []float64
	SD      []float64
}

// Feature is one number of a raw sample, for a form to fill in.
type Feature struct {
	Name      string
	Kind      string   // "number" or "category"
	Values    []string // of a category: the number is an index into them
	Low, High float64  // in the training samples
}
