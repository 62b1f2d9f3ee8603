package auditview

// Statement is what a page is read by.
func (q Log) Statement() (string, []any, error) { return q.statement() }
