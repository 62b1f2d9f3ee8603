package postgres

// CheckSince is what Connect looks at, where another Postgres is the oldest that is good enough.
var CheckSince = checkSince
