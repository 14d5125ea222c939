package op

import "descent/ml/graph"

// masks is how many float32s a tile of the dropout's factors takes.
func (s spans) masks() int {
	if s.dropout == 0 {
		return 0
	}
	return s.tile() * s.tile()
}

// drop fills a tile with what its probabilities are multiplied with: those of
// the m queries from q on of head h of the call's sample i, and of the n keys
// from k on. Each is drawn from (seed, node, step, sample, head, query, key), so
// that the backward pass makes the same ones again and none is kept. What a
// query does not see is 0 already, and its factor is 0.
func (s spans) drop(keep []float32, c *graph.Call, i, h, q, k, m, n int) {
	draws, rate, raise := s.stream.Fork(c.Step), float32(s.dropout), float32(1/(1-s.dropout))
	for r := range m {
		row, seen := keep[r*n:(r+1)*n], s.seen(q+r, k, n)
		first := uint64((c.Row+i)*s.heads+h)*uint64(s.queries) + uint64(q+r)
		draws.FillUniform(row[:seen], first*uint64(s.keys)+uint64(k), 0, 1)
		clear(row[seen:])
		for j, u := range row[:seen] {
			row[j] = raise
			if u < rate {
				row[j] = 0
			}
		}
	}
}
