package projection

import "sync/atomic"

// Stored is a document that many requests share. It remembers the answers for the plans that asked last, since apps ask for the
// same again and again.
type Stored struct {
	document []byte
	answers  atomic.Pointer[[]answer] // the newest first; never changed
}

// answer is what a plan selects of a document.
type answer struct {
	plan *Plan
	json []byte
}

// rememberedAnswers is for how many plans answers are remembered: a shop's apps have as many ways to show a thing.
const rememberedAnswers = 4

// Store returns a document that is not changed any more.
func Store(document []byte) *Stored { return &Stored{document: document} }

// AppendSelected appends the document's fields that the plan selects. It fails as Plan.Document does.
func (s *Stored) AppendSelected(out []byte, plan *Plan) ([]byte, error) {
	var known []answer
	if answers := s.answers.Load(); answers != nil {
		known = *answers
	}
	for i := range known {
		if known[i].plan == plan {
			return append(out, known[i].json...), nil
		}
	}
	from := len(out)
	out, err := plan.Document(out, s.document, nil)
	if err != nil || !plan.lasting {
		return out, err
	}
	kept := append([]answer{{plan, append([]byte(nil), out[from:]...)}}, known[:min(len(known), rememberedAnswers-1)]...)
	s.answers.Store(&kept) // of two that come at once one is forgotten, and made anew when it is asked for
	return out, nil
}
