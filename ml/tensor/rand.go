package tensor

import "math"

// A Stream is an endless sequence of random numbers addressed by index: the
// same (seed, name, index) gives the same number on every target, in any order,
// on any number of cores. It has no state, so it is a plain value.
//
// The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel Random
// Numbers: As Easy as 1, 2, 3, SC 2011), keyed by the seed, with the stream in
// the upper half of the counter and the index in the lower.
type Stream struct {
	seed, id uint64
}

// NewStream returns the stream of that name under the seed. Names are hashed
// (FNV-1a, 64 bits), so "conv1.weight" and "dropout1" draw independently.
func NewStream(seed uint64, name string) Stream {
	h := uint64(14695981039346656037)
	for i := 0; i < len(name); i++ {
		h ^= uint64(name[i])
		h *= 1099511628211
	}
	return Stream{seed: seed, id: h}
}

// Fork returns the n-th child stream: dropout forks once per step, shuffling
// once per epoch.
func (s Stream) Fork(n uint64) Stream {
	// One round of SplitMix64 over both words.
	z := s.id + (n+1)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return Stream{seed: s.seed, id: z ^ z>>31}
}

// Block returns the four random words at the index.
func (s Stream) Block(index uint64) [4]uint32 {
	return philox([4]uint32{uint32(index), uint32(index >> 32), uint32(s.id), uint32(s.id >> 32)},
		[2]uint32{uint32(s.seed), uint32(s.seed >> 32)})
}

func philox(c [4]uint32, k [2]uint32) [4]uint32 {
	for i := 0; i < 10; i++ {
		p0 := uint64(c[0]) * 0xd2511f53
		p1 := uint64(c[2]) * 0xcd9e8d57
		c = [4]uint32{uint32(p1>>32) ^ c[1] ^ k[0], uint32(p1), uint32(p0>>32) ^ c[3] ^ k[1], uint32(p0)}
		k[0] += 0x9e3779b9
		k[1] += 0xbb67ae85
	}
	return c
}

// Uint32 returns the index-th word of the stream.
func (s Stream) Uint32(index uint64) uint32 {
	return s.Block(index >> 2)[index&3]
}

// Uniform returns the index-th number, in [0, 1) in steps of 2^-24.
func (s Stream) Uniform(index uint64) float32 {
	return unit(s.Uint32(index))
}

func unit(w uint32) float32 { return float32(w>>8) * (1.0 / (1 << 24)) }

// FillUniform sets dst[i] to the stream's numbers at from+i, scaled to [lo, hi).
func (s Stream) FillUniform(dst []float32, from uint64, lo, hi float32) {
	for i := 0; i < len(dst); {
		b := s.Block((from + uint64(i)) >> 2)
		for j := (from + uint64(i)) & 3; j < 4 && i < len(dst); j++ {
			// The product is rounded before the sum, so that a target with
			// fused multiply-add draws the same numbers as one without.
			dst[i] = lo + float32(unit(b[j])*(hi-lo))
			i++
		}
	}
}

// Normal returns the index-th draw of a standard normal distribution
// (Box-Muller in float64).
func (s Stream) Normal(index uint64) float64 {
	b := s.Block(index)
	u1 := (float64(b[0])*(1<<20) + float64(b[1]>>12) + 1) / (1 << 52) // (0, 1]
	u2 := (float64(b[2])*(1<<20) + float64(b[3]>>12)) / (1 << 52)
	return math.Sqrt(-2*math.Log(u1)) * math.Cos(2*math.Pi*u2)
}

// FillNormal sets dst[i] to draws of a standard normal distribution at from+i,
// four from each block (Box-Muller from 32 bits each, so none beyond 6.7); they
// are not those of Normal, which is finer and slower.
func (s Stream) FillNormal(dst []float32, from uint64) {
	for i := 0; i < len(dst); {
		b := s.Block((from + uint64(i)) >> 2)
		var z [4]float32
		for j := 0; j < 4; j += 2 {
			r := math.Sqrt(-2 * math.Log((float64(b[j])+1)/(1<<32)))
			sin, cos := math.Sincos(2 * math.Pi / (1 << 32) * float64(b[j+1]))
			z[j], z[j+1] = float32(r*cos), float32(r*sin)
		}
		i += copy(dst[i:], z[(from+uint64(i))&3:])
	}
}

// Intn returns the index-th whole number in [0, n). n must be positive.
func (s Stream) Intn(index uint64, n int) int {
	if n <= 0 {
		panic("tensor: Intn of a range that is not positive")
	}
	return int(uint64(s.Uint32(index)) * uint64(n) >> 32)
}

// Perm returns a random order of the numbers below n (Fisher-Yates).
func (s Stream) Perm(n int) []int {
	p := make([]int, n)
	s.Permute(p)
	return p
}

// Permute fills p with a random order of the numbers below len(p).
func (s Stream) Permute(p []int) {
	for i := range p {
		j := s.Intn(uint64(i), i+1)
		p[i] = p[j]
		p[j] = i
	}
}
