package readmodel

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Collector tells Prometheus how each generation is, whenever it asks. It asks the database; while that doesn't answer, the
// numbers are missing.
type Collector struct {
	DB  Querier
	Log *slog.Logger
}

var statusLabels = []string{"model", "generation", "state"}

// What is told of a generation.
var (
	rowsDesc  = prometheus.NewDesc("pizzeria_readmodel_rows", "Rows of a generation's snapshot, as Postgres estimates them.", statusLabels, nil)
	freshDesc = prometheus.NewDesc("pizzeria_readmodel_fresh_rows", "Rows in front of the snapshot, as Postgres estimates them.", statusLabels, nil)
	bytesDesc = prometheus.NewDesc("pizzeria_readmodel_bytes", "What a generation takes on disk.", statusLabels, nil)
	ageDesc   = prometheus.NewDesc("pizzeria_readmodel_snapshot_age_seconds", "Time since the snapshot was computed.", statusLabels, nil)
	builtDesc = prometheus.NewDesc("pizzeria_readmodel_step_ratio", "How much of the step that builds a generation is done.", statusLabels, nil)
)

// Describe implements prometheus.Collector.
func (c *Collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{rowsDesc, freshDesc, bytesDesc, ageDesc, builtDesc} {
		to <- d
	}
}

// scrapeTimeout is below the ten seconds after which Prometheus gives a scrape up.
const scrapeTimeout = 2 * time.Second

// Collect implements prometheus.Collector.
func (c *Collector) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	all, err := Statuses(ctx, c.DB)
	if err != nil {
		c.Log.WarnContext(ctx, "metrics of read models are missing", "error", err)
		return
	}
	for _, s := range all {
		tell := func(desc *prometheus.Desc, value float64) {
			to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value, s.Model, strconv.Itoa(s.Number), string(s.State))
		}
		if s.Kind == Plain {
			continue
		}
		tell(rowsDesc, float64(s.Rows))
		tell(freshDesc, float64(s.Fresh))
		tell(bytesDesc, float64(s.Bytes))
		if s.Age != nil {
			tell(ageDesc, s.Age.Seconds())
		}
		if s.Building() != "" {
			tell(builtDesc, s.Progress.share())
		}
	}
}
