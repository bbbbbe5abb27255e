package mysqlfront

import "testing"

// typical is what a dashboard sends.
const typical = "SELECT DATE_FORMAT(`t`.`user_creation_time`, '%Y-%m') AS `month`, COUNT(DISTINCT `t`.`user`) AS `users` " +
	"FROM `aws`.`iam_credential_report` `t` WHERE `t`.`mfa_active` = 0 AND `t`.`user_creation_time` >= DATE_SUB(NOW(), INTERVAL 1 YEAR) " +
	"GROUP BY DATE_FORMAT(`t`.`user_creation_time`, '%Y-%m') ORDER BY `month` LIMIT 0, 200"

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(typical, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
