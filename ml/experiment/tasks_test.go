package experiment

import "maps"

// The presets of generated tasks: tables of tokens and of places, cells, blocks
// and what answers, added up.
func init() {
	lstm := func(in, units int) int { return 4 * (in*units + units*units + units) }
	attention := func(size int) int { return 4 * (size*size + size) }
	dense := func(in, out int) int { return in*out + out }
	encoder := func(size, hidden int) int {
		return attention(size) + dense(size, hidden) + dense(hidden, size) + 2*2*size
	}
	maps.Copy(published, map[string]struct{ parameters, steps int }{
		"addition-lstm": {13*16 + lstm(16, 128) + lstm(128, 128) + dense(128, 13), 282},
		"parity-lstm":   {3*8 + lstm(8, 32) + dense(32, 2), 45},
		"reverse-transformer": {2*29*32 + (8+9)*32 + encoder(32, 64) + encoder(32, 64) + attention(32) + 2*32 + // a decoder looks at two
			2*32 + dense(32, 29), 149},
		"masked-language-model": {29*64 + 17*64 + 2*encoder(64, 64) + 2*64 + dense(64, 29), 149},
		"grokking":              {114*128 + 3*128 + attention(128) + dense(128, 512) + dense(512, 128) + 128*114, 1},
	})
}
