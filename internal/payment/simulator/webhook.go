package simulator

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Webhook says where events are sent, and how unhelpfully. URL and Secret are needed.
type Webhook struct {
	URL    string
	Secret string // signs
	// Delay gives how long a delivery is put off, so that events overtake each other; nil for not at all.
	Delay func() time.Duration
	// Copies is how many more times an event is sent than needed.
	Copies int
	// Tries is how often one is sent at most until the answer is 2xx, 8 if zero. Pause is how long the first pause
	// between two tries is, 250 ms if zero; each is twice as long as the one before.
	Tries int
	Pause time.Duration
}

// maxDeliveries is how many deliveries are under way at most.
const maxDeliveries = 16

// webhookSender delivers events until it is closed. An event that isn't delivered by then never is.
type webhookSender struct {
	now    func() time.Time
	log    *slog.Logger
	client *http.Client
	slots  chan struct{}
	ctx    context.Context
	end    context.CancelFunc

	mu         sync.Mutex
	to         Webhook
	deliveries sync.WaitGroup
}

func newWebhookSender(now func() time.Time, log *slog.Logger) *webhookSender {
	p := &webhookSender{now: now, log: log, slots: make(chan struct{}, maxDeliveries)}
	p.client = &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: maxDeliveries},
		Timeout:   10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	p.ctx, p.end = context.WithCancel(context.Background())
	return p
}

func (p *webhookSender) sendTo(w Webhook) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.to = w
}

// send delivers the event in the background, if there is a webhook.
func (p *webhookSender) send(event []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.to.URL == "" || p.ctx.Err() != nil {
		return
	}
	to := p.to
	for range 1 + to.Copies {
		p.deliveries.Go(func() { p.deliver(to, event) })
	}
}

func (p *webhookSender) deliver(to Webhook, event []byte) {
	if to.Delay != nil {
		p.sleep(to.Delay())
	}
	pause := cmp.Or(to.Pause, 250*time.Millisecond)
	for left := cmp.Or(to.Tries, 8); p.ctx.Err() == nil; pause *= 2 {
		err := p.try(to, event)
		if err == nil {
			return
		}
		if left--; left == 0 {
			p.log.WarnContext(p.ctx, "webhook given up", "error", err)
			return
		}
		p.sleep(pause)
	}
}

// try sends the event with a new signature, as each try has.
func (p *webhookSender) try(to Webhook, event []byte) error {
	p.slots <- struct{}{}
	defer func() { <-p.slots }()
	request, err := http.NewRequestWithContext(p.ctx, http.MethodPost, to.URL, bytes.NewReader(event))
	if err != nil {
		return fmt.Errorf("make request: %w", err)
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("Stripe-Signature", sign(p.now(), event, to.Secret))
	response, err := p.client.Do(request)
	if err != nil {
		return fmt.Errorf("send event: %w", err)
	}
	_ = response.Body.Close() // only the status counts
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return fmt.Errorf("send event: answer %d", response.StatusCode)
	}
	return nil
}

func sign(at time.Time, body []byte, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "%d.%s", at.Unix(), body) // a hash takes everything
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil)))
}

func (p *webhookSender) sleep(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-p.ctx.Done():
	}
}

// close ends what is under way.
func (p *webhookSender) close() {
	p.mu.Lock()
	p.end()
	p.mu.Unlock()
	p.deliveries.Wait()
	p.client.CloseIdleConnections()
}
