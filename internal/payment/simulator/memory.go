package simulator

import (
	"context"
	"sync"
)

// Memory keeps everything until the process ends.
type Memory struct {
	mu      sync.Mutex
	intents map[string]Intent
	ledger  []Entry
	answers map[string]storedAnswer
}

type storedAnswer struct {
	fingerprint string
	answer      Answer
}

// NewMemory makes an empty store.
func NewMemory() *Memory {
	return &Memory{intents: map[string]Intent{}, answers: map[string]storedAnswer{}}
}

// Apply implements Store.
func (m *Memory) Apply(_ context.Context, r Request, decide func(Intent) Change) (Answer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if stored, ok := m.answers[r.Key]; ok {
		return stored.replay(r.Fingerprint)
	}
	in, ok := m.intents[r.IntentID]
	if !ok && r.IntentID != "" {
		return Answer{}, errNoIntent
	}
	c := decide(in)
	if c.Intent.ID != "" {
		m.intents[c.Intent.ID] = c.Intent
	}
	m.ledger = append(m.ledger, c.Entries...)
	if r.Key != "" {
		m.answers[r.Key] = storedAnswer{r.Fingerprint, c.Answer}
	}
	return c.Answer, nil
}

func (s storedAnswer) replay(fingerprint string) (Answer, error) {
	if s.fingerprint != fingerprint {
		return Answer{}, errKeyReused
	}
	s.answer.Replayed = true
	return s.answer, nil
}

// Intent implements Store.
func (m *Memory) Intent(_ context.Context, id string) (Intent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	in, ok := m.intents[id]
	if !ok {
		return Intent{}, errNoIntent
	}
	return in, nil
}

// Of implements Store.
func (m *Memory) Of(_ context.Context, attempt string) (Intent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, in := range m.intents {
		if in.Attempt == attempt {
			return in, nil
		}
	}
	return Intent{}, errNoIntent
}

// Waiting implements Store.
func (m *Memory) Waiting(_ context.Context, orderID string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var newest Intent
	for _, in := range m.intents {
		if in.OrderID == orderID && in.State == RequiresAction && in.CreatedAt.After(newest.CreatedAt) {
			newest = in
		}
	}
	if newest.ID == "" {
		return "", errNoIntent
	}
	return newest.ID, nil
}

// Entries implements Store.
func (m *Memory) Entries(_ context.Context, orderID string) ([]Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Entry
	for _, e := range m.ledger {
		if orderID == "" || e.OrderID == orderID {
			out = append(out, e)
		}
	}
	return out, nil
}
