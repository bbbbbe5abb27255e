// Package reports holds the sample credential reports: twelve made-up accounts with 600 users, in the forms that AWS and
// its tools have written over the years. gen writes them; a test of tables/credreport/reportgen keeps them current.
package reports

import "embed"

//go:generate go run ./gen -samples .

// FS is the sample reports, to be read without a clone at hand.
//
//go:embed *.csv *.json
var FS embed.FS
