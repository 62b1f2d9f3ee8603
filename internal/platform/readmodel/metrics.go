package readmodel

import "github.com/prometheus/client_golang/prometheus"

// Metrics of the refresher, by model.
type Metrics struct {
	seconds     *prometheus.HistogramVec
	swept       *prometheus.CounterVec
	compactions *prometheus.HistogramVec
	failures    *prometheus.CounterVec
}

// NewMetrics registers the metrics with reg.
func NewMetrics(reg prometheus.Registerer) *Metrics {
	m := &Metrics{
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pizzeria_readmodel_refresh_seconds", Help: "Duration of a read model's refresh.",
			Buckets: prometheus.ExponentialBuckets(0.01, 3, 10),
		}, []string{"model"}),
		swept: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "pizzeria_readmodel_swept_rows_total", Help: "Fresh rows moved into the snapshot.",
		}, []string{"model"}),
		compactions: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pizzeria_readmodel_compaction_seconds", Help: "Duration of adding up what is fresh in a read model of sums.",
			Buckets: prometheus.ExponentialBuckets(0.01, 3, 10),
		}, []string{"model"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "pizzeria_readmodel_refresh_failures_total",
			Help: "Refreshes and compactions that failed; without a model: lists of them that failed.",
		}, []string{"model"}),
	}
	reg.MustRegister(m.seconds, m.swept, m.compactions, m.failures)
	return m
}
