// Package graph compiles a model, which is data, into a program with fixed
// buffers. Four passes, each plain: build (a Builder checks shapes as ops are
// applied), fuse (an op absorbs its only, unobserved reader), plan (who needs
// which memory, from when to when), bind (one block of memory, one Call per op).
//
// It knows no op and no layer: those implement Op, in packages op and nn.
// Fan-out, weight sharing and the order of accumulation are settled here, so
// that an op is only its own arithmetic.
//
// A Program is used by one goroutine at a time; any number of Programs may
// share one Params while nobody writes it.
package graph

import "descent/ml/tensor"

// An Op is one differentiable step. Ops are plain values that hold their
// settings; every number they touch arrives in a Call.
type Op interface {
	// Name is the op's name in messages and tables: "conv2d".
	Name() string

	// Plan checks the shapes of the inputs and states what the op makes and
	// needs. Its error says what is wrong with the shapes in words a person
	// who drew the model can act on.
	Plan(in []tensor.Shape) (Plan, error)

	// Forward computes Out from In.
	Forward(*Call)

	// Backward overwrites each wanted DIn with d(loss)/d(In), given DOut.
	// It never adds to DIn, and never writes DOut, In or Out.
	Backward(*Call)
}

// A Plan states what an op makes and needs.
type Plan struct {
	Out      tensor.Shape
	Save     int    // float32s kept from Forward to Backward
	Temp     int    // float32s of scratch within a call
	State    int    // float32s kept from one step of a sequence to the next, sample after sample; see Stepper
	NeedsIn  uint32 // bit i: Backward reads In[i]
	NeedsOut bool   // Backward reads Out
	Alias    bool   // Out is In[0] under another shape: nothing is computed
	Cheap    bool   // Forward may run twice, rather than that its Out and Save are kept; see Options.Again
	FLOPs    int64  // of Forward; a multiply-add counts as two
}

// A Call is everything an op touches in one step.
type Call struct {
	In, DIn    []tensor.Tensor // DIn[i].Data is nil where the gradient is not wanted
	Out, DOut  tensor.Tensor
	Save, Temp []float32
	State      []float32 // of the steps before this one; zeros at the first
	Train      bool
	Step       uint64 // the training step; dropout draws from (seed, node, Step)
	Row        int    // where the first sample of this call stands in the batch
	Time       int    // the step of the sequence that In begins with; 0 but in a program that goes step by step
}

// A Fuser is an op that can take over the work of the op that reads it.
type Fuser interface {
	Op
	Fuse(reader Op) (Op, bool)
}
