package ddsql

import "testing"

// typical is an audit query of the usual size.
const typical = `SELECT account_id, count(*) AS users, count(*) FILTER (WHERE password_enabled AND NOT mfa_active) AS no_mfa,
 count(*) FILTER (WHERE access_key_1_active AND access_key_1_last_rotated < TIMESTAMP '2026-01-15 00:00:00' - INTERVAL '90 days') AS stale
 FROM aws.iam_credential_report WHERE user <> '<root_account>' AND tags -> 'team' IN ('a', 'b') GROUP BY account_id
 ORDER BY no_mfa DESC, account_id LIMIT 20`

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(typical, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
