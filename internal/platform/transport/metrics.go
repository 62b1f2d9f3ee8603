package transport

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"pizzeria/internal/platform/transport/guard"
)

type metrics struct {
	open    *prometheus.GaugeVec
	refused *prometheus.CounterVec
	closed  *prometheus.CounterVec
}

func newMetrics(to prometheus.Registerer) *metrics {
	metric := promauto.With(to)
	return &metrics{
		open: metric.NewGaugeVec(prometheus.GaugeOpts{
			Namespace: "pizzeria", Name: "connections_open", Help: "Sockets and event streams that are open now.",
		}, []string{"kind"}),
		refused: metric.NewCounterVec(prometheus.CounterOpts{
			Namespace: "pizzeria", Name: "refused_total", Help: "Requests, operations and connections refused by a limit, by code.",
		}, []string{"code"}),
		closed: metric.NewCounterVec(prometheus.CounterOpts{
			Namespace: "pizzeria", Name: "sockets_closed_total", Help: "Sockets that the server closed, by close code.",
		}, []string{"code"}),
	}
}

// refuse counts the refusal among the errors, if there is one.
func (m *metrics) refuse(errs gqlerror.List) {
	if refusal, ok := guard.RefusalOf(errs); ok {
		m.refused.WithLabelValues(string(refusal.Code)).Inc()
	}
}
