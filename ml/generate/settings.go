package generate

import (
	"math"

	"descent/ml/config"
)

// Settings says how a text is written: how many tokens, and how each is chosen.
// What the model scores goes through these in their order:
//
//	repetition   s = s/r where s > 0, else s·r, for every token that the text has (Keskar et al., CTRL, 2019)
//	temperature  p = softmax(s/T); 0 takes the token with the largest s
//	top_k        of the p only the k largest stay (Fan et al., Hierarchical Neural Story Generation, 2018)
//	top_p        of those only the fewest whose sum is at least top_p of theirs (Holtzman et al., The Curious Case of Neural Text Degeneration, 2020)
//
// What stays is scaled to a sum of 1 and drawn from. Of equal tokens the one
// with the lower number comes first. Tokens that stand for what a text does not
// have (its beginning, what is unknown or masked) are never taken.
type Settings struct {
	Tokens      int
	Temperature float64
	TopK        int
	TopP        float64
	Repetition  float64
	Seed        int
	Stop        bool // end where the model ends the text
	Beams       int
	// LengthPenalty is the α of a beam's score, log p / ((5+n)/6)^α for n tokens
	// (Wu et al., Google's Neural Machine Translation System, 2016).
	LengthPenalty float64
	Candidates    int
}

// Limits of what a person may ask for.
const (
	maxTokens     = 1 << 20
	maxBeams      = 64
	maxCandidates = 1 << 10
)

// Usual is what a text is written with when nobody says otherwise.
func Usual() Settings {
	return Settings{Tokens: 200, Temperature: 0.8, TopP: 1, Repetition: 1, Stop: true, Beams: 1, LengthPenalty: 0.6, Candidates: 5}
}

// Defaults are Usual for this model. Where questions are answered, the
// likeliest answer is what is wanted, and all of it.
func (g *Generator) Defaults() Settings {
	s := Usual()
	if g.asks() {
		s.Tokens, s.Temperature = max(g.answer, g.context), 0
	}
	return s
}

// Fields binds the settings for reading, writing and forms.
func (s *Settings) Fields() []config.Field {
	return []config.Field{
		config.Int("tokens", &s.Tokens, 1, maxTokens, "How many tokens are written at most").With("tokens"),
		config.Float("temperature", &s.Temperature, 0, 100, "How daring the draw is: below 1 likely tokens become likelier still, above 1 rare ones have a chance; 0 always takes the likeliest"),
		config.Int("top_k", &s.TopK, 0, 1<<20, "Draws among so many of the likeliest tokens; 0 draws among all, 1 always takes the likeliest").With("tokens"),
		config.Float("top_p", &s.TopP, 0, 1, "Draws among the fewest likely tokens that together have this probability; 1 draws among all"),
		config.Float("repetition", &s.Repetition, 0.1, 10, "How much a token that was there before is held back; 1 for not at all, 1.1 to 1.3 is usual"),
		config.Int("seed", &s.Seed, 0, 1<<53, "The same number draws the same text"),
		config.Toggle("stop", &s.Stop, "Whether writing ends where the model ends the text"),
		config.Int("beams", &s.Beams, 1, maxBeams, "How many texts are followed side by side to find the likeliest as a whole; 1 takes one token after the other"),
		config.Float("length_penalty", &s.LengthPenalty, 0, 10, "Only for several beams: how much longer texts are favoured; 0 for not at all"),
		config.Int("candidates", &s.Candidates, 0, maxCandidates, "How many of the likeliest tokens are told of at each step").With("tokens"),
	}
}

// Check returns every problem with the settings.
func (s Settings) Check() error {
	var errs config.Errors
	fields := s.Fields()
	config.Decode(config.Obj(config.Encode(fields, nil)...), fields, "", "", &errs)
	for _, f := range []struct {
		name  string
		value float64
	}{{"temperature", s.Temperature}, {"top_p", s.TopP}, {"repetition", s.Repetition}, {"length_penalty", s.LengthPenalty}} {
		if math.IsNaN(f.value) {
			errs.Add(nil, "", f.name, "is not a number")
		}
	}
	if s.Beams > 1 && (s.Temperature > 0 || s.TopK > 0 || s.TopP < 1) {
		errs.Add(nil, "", "beams", "several beams look for the likeliest text, and nothing is drawn; set temperature and top_k to 0 and top_p to 1, or beams to 1")
	}
	return errs.Err()
}
