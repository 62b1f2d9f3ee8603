package transport

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// The media types of answers.
const (
	legacyJSON  = "application/json"
	graphqlJSON = "application/graphql-response+json"
	eventStream = "text/event-stream"
)

// OpensConnection tells whether a request asks for a socket or an event stream, which stays open for as long as the client
// likes.
func OpensConnection(r *http.Request) bool {
	return r.Header.Get("Upgrade") != "" || negotiate(r.Header.Get("Accept")) == eventStream
}

// negotiate picks the media type that the Accept header prefers; of equals, the first named. It is "" if none of ours
// is acceptable. A request that names no type gets application/json, as the GraphQL-over-HTTP draft wants it.
func negotiate(accept string) string {
	if strings.TrimSpace(accept) == "" {
		return legacyJSON
	}
	best, bestWeight := "", 0.0
	for part := range strings.SplitSeq(accept, ",") {
		name, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil || !utf8Only(params) {
			continue
		}
		offered := ""
		switch name {
		case graphqlJSON, eventStream, legacyJSON:
			offered = name
		case "*/*", "application/*":
			offered = legacyJSON
		case "text/*":
			offered = eventStream
		default:
			continue
		}
		weight := 1.0
		if q, ok := params["q"]; ok {
			if weight, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if weight > bestWeight {
			best, bestWeight = offered, weight
		}
	}
	return best
}

func utf8Only(params map[string]string) bool {
	charset, ok := params["charset"]
	return !ok || strings.EqualFold(charset, "utf-8")
}
