package live

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

type metrics struct {
	subscribers prometheus.Gauge
	delivered   prometheus.Counter
	superseded  prometheus.Counter
	fellBehind  prometheus.Counter
	resyncs     prometheus.Counter
	lag         prometheus.Histogram
}

func newMetrics(to prometheus.Registerer) *metrics {
	metric := promauto.With(to)
	return &metrics{
		subscribers: metric.NewGauge(prometheus.GaugeOpts{
			Name: "pizzeria_live_subscribers", Help: "Open streams of events.",
		}),
		delivered: metric.NewCounter(prometheus.CounterOpts{
			Name: "pizzeria_live_events_delivered_total", Help: "Events handed to streams.",
		}),
		superseded: metric.NewCounter(prometheus.CounterOpts{
			Name: "pizzeria_live_events_superseded_total",
			Help: "Events that a newer one of the same aggregate replaced while they waited for a busy reader.",
		}),
		fellBehind: metric.NewCounter(prometheus.CounterOpts{
			Name: "pizzeria_live_fell_behind_total", Help: "Streams ended because they fell behind or had to resume.",
		}),
		resyncs: metric.NewCounter(prometheus.CounterOpts{
			Name: "pizzeria_live_resyncs_total", Help: "Streams told that what came after their cursor can't be told.",
		}),
		lag: metric.NewHistogram(prometheus.HistogramOpts{
			Name: "pizzeria_live_lag_seconds", Help: "From an event's time to its delivery to the hub's subscribers.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 30},
		}),
	}
}
