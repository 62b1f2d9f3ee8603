// Package readmodel keeps the read models: it builds each from the file that defines it, beside the one in use and while
// everybody works, keeps its exact level small by moving what changed since the last refresh into the frozen one, and proves
// on request that its view equals its definition. The writes themselves are followed by triggers;
// docs/decisions/0002-snapshot-and-fresh.md tells why, and 0015-generations-of-read-models.md how a model changes.
package readmodel
