package tracing

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Config tells where spans go. It comes from the environment, from variables that a machine may set for all its programs; the
// others of OpenTelemetry, such as OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and OTEL_EXPORTER_OTLP_HEADERS, are read there by its
// SDK and exporter.
type Config struct {
	// Endpoint is the collector's URL; spans go to the path v1/traces below it. Empty is off.
	Endpoint string
	// TracesEndpoint is the whole URL for spans, in the place of Endpoint's.
	TracesEndpoint string
	// Protocol and TracesProtocol, which goes before, are empty or http/protobuf.
	Protocol       string
	TracesProtocol string
}

// ReadConfig reads the environment given.
func ReadConfig(environment map[string]string) Config {
	return Config{
		Endpoint: environment["OTEL_EXPORTER_OTLP_ENDPOINT"], TracesEndpoint: environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"],
		Protocol: environment["OTEL_EXPORTER_OTLP_PROTOCOL"], TracesProtocol: environment["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"],
	}
}

func (c Config) on() bool { return c.Endpoint != "" || c.TracesEndpoint != "" }

func (c Config) url() string {
	return cmp.Or(c.TracesEndpoint, strings.TrimSuffix(c.Endpoint, "/")+"/v1/traces")
}

// Check tells in one line which variable makes no sense, or none that this program can follow.
func (c Config) Check() error {
	if !c.on() {
		return nil
	}
	if u, err := url.Parse(c.url()); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		if c.TracesEndpoint != "" {
			return errors.New("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is a URL, e.g. http://127.0.0.1:4318/v1/traces")
		}
		return errors.New("OTEL_EXPORTER_OTLP_ENDPOINT is a URL, e.g. http://127.0.0.1:4318")
	}
	if protocol := cmp.Or(c.TracesProtocol, c.Protocol, httpProtobuf); protocol != httpProtobuf {
		variable := "OTEL_EXPORTER_OTLP_PROTOCOL"
		if c.TracesProtocol != "" {
			variable = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"
		}
		return fmt.Errorf("%s can only be %s; collectors take that at another port than grpc, 4318 by default", variable, httpProtobuf)
	}
	return nil
}

const httpProtobuf = "http/protobuf"
