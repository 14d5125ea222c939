package train

import (
	"errors"
	"fmt"
	"strconv"

	"descent/ml/data"
	"descent/ml/experiment"
	"descent/ml/graph"
	"descent/ml/safetensors"
	"descent/ml/text"
)

// maxTokens is how many tokens a sample may be said to have.
const maxTokens = 1 << 20

// ErrUnknownData says that a checkpoint is not enough to bring its model back:
// the data has to be opened first.
var ErrUnknownData = errors.New("train: the checkpoint does not say what its data was; open that first")

// Recall brings the model of an experiment back from a checkpoint: the weights
// that were evaluated and saved. What the model has to know of a text, the
// checkpoint tells, so its file is not needed; a source that can only be told by
// its own files must have been opened, or the error is ErrUnknownData.
func Recall(e *experiment.Experiment, b []byte) (*graph.Params, error) {
	f, err := safetensors.Read(b)
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	kept, err := keptText(f)
	if err != nil {
		return nil, err
	}
	if !e.Data.Known() {
		source, ok := e.Data.Settings.(data.Recaller)
		tokens, err := strconv.Atoi(f.Meta[tokensKey])
		if !ok || kept == nil || err != nil || tokens < 1 || tokens > maxTokens {
			return nil, ErrUnknownData
		}
		source.Recall(kept, tokens)
	} else if own := e.Data.Settings.Meta().Text; own != nil && kept != nil {
		if d := text.Difference(kept, own); d != "" {
			return nil, fmt.Errorf("train: the checkpoint belongs to another text: %s", d)
		}
	}
	g, _, _, err := e.Graph(1)
	if err != nil {
		return nil, err
	}
	params := graph.NewParams(g.Params(), e.Seed)
	for i, info := range params.Index {
		from, ok := f.Find(info.Name)
		if !ok || !from.Shape.Equal(info.Shape) {
			return nil, fmt.Errorf("train: the checkpoint has no %s of shape %v", info.Name, info.Shape)
		}
		copy(params.Of(params.Value, i), from.Data)
	}
	return params, nil
}
