package testbed

import _ "embed"

// LargeMenu adds 200 dishes to a database's menu, and 30 groups of options.
//
//go:embed large_menu.sql
var LargeMenu string
