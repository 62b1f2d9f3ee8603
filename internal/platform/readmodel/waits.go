package readmodel

import "sync"

// waits tells, by model, what the builder in this process waits for.
type waits struct {
	mu  sync.Mutex
	why map[string]string
}

// remember returns whether that is news.
func (w *waits) remember(model, why string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.why == nil {
		w.why = map[string]string{}
	}
	news := w.why[model] != why
	w.why[model] = why
	return news
}

func (w *waits) forget(model string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.why, model)
}

func (w *waits) of(model string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.why[model]
}
