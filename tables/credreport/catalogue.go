package credreport

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// The qualified names of the tables of this package.
const (
	TableReport      = "aws.iam_credential_report"
	TableAccounts    = "credsql.accounts"
	TableRawReport   = "credsql.raw_report"
	TableCredentials = "credsql.credentials"
)

// Tables are the shapes of all tables that a Snapshot can open. Every source of credential reports gives exactly these.
func Tables() []*tables.Def {
	return []*tables.Def{reportDef(), accountsDef(), rawReportDef(), credentialsDef()}
}

func reportDef() *tables.Def {
	def := &tables.Def{
		Schema: "aws", Name: "iam_credential_report", AccountColumn: ColAccountID,
		Doc: "One row for each IAM user of each account and one for its root user, as AWS's credential report tells their passwords, keys, certificates and MFA.",
	}
	for i := range reportColumns {
		def.Columns = append(def.Columns, reportColumns[i].Column)
	}
	return def
}

func accountsDef() *tables.Def {
	return &tables.Def{
		Schema: "credsql", Name: "accounts", AccountColumn: 0,
		Doc: "One row for each account that was asked for: how its report stands, how old it is, and what is missing from the answers.",
		Columns: []tables.Column{
			{Name: "account_id", Type: column.Text, Doc: "The twelve digits of the AWS account. NULL if a file could not be read far enough to know."},
			{Name: "name", Type: column.Text, Doc: "The account's name in its organization. NULL if not known."},
			{Name: "partition", Type: column.Text, Doc: "The AWS partition: aws, aws-us-gov, aws-cn."},
			{Name: "source", Type: column.Text, Doc: "Where the report came from: a file, a role or a profile."},
			{Name: "state", Type: column.Text, Doc: "fresh, stale, refreshing, failed, skipped, denied, or file for a report that was read from a file."},
			{Name: "generated_time", Type: column.TimestampT, Doc: "When AWS generated the report. NULL if not known: a plain CSV file does not say."},
			{Name: "age", Type: column.IntervalT, Doc: "How old the report is now. NULL if generated_time is."},
			{Name: "next_refresh", Type: column.TimestampT, Doc: "When AWS can generate a newer report: four hours after this one. NULL if not known."},
			{Name: "rows", Type: column.Int64, Doc: "The number of rows of the report."},
			{Name: "attempts", Type: column.Int64, Doc: "How many times the report was asked for. NULL for files."},
			{Name: "error", Type: column.Text, Doc: "What went wrong last. NULL if nothing did."},
			{Name: "sha256", Type: column.Text, Doc: "SHA-256 of the report's bytes, in hexadecimal."},
			{Name: "checked", Type: column.Text, Doc: "The columns whose values have been read so far: all, none, or their names with commas between. Warnings about values cover these."},
		},
	}
}

func rawReportDef() *tables.Def {
	def := &tables.Def{
		Schema: "credsql", Name: "raw_report", AccountColumn: 0,
		Doc: "Every field of the reports as the text AWS sent, N/A and all, with the file and line it stands in.",
		Columns: []tables.Column{
			{Name: "account_id", Type: column.Text, Doc: "The twelve digits of the AWS account, from the ARN."},
			{Name: "file", Type: column.Text, Doc: "The file, or what the report was read from."},
			{Name: "line", Type: column.Int64, Doc: "The line on which the record begins; the header is line 1."},
		},
	}
	for _, name := range fieldNames {
		def.Columns = append(def.Columns, tables.Column{
			Name: name, Type: column.Text, Doc: "The field " + name + " as text. NULL if the report has no such field.",
		})
	}
	return def
}

func credentialsDef() *tables.Def {
	return &tables.Def{
		Schema: "credsql", Name: "credentials", AccountColumn: 0,
		Doc: "One row for each credential that exists: passwords, access keys and signing certificates, active or not.",
		Columns: []tables.Column{
			{Name: "account_id", Type: column.Text, Doc: "The twelve digits of the AWS account."},
			{Name: "user", Type: column.Text, Doc: "The user's name, or <root_account>."},
			{Name: "arn", Type: column.Text, Doc: "The user's ARN."},
			{Name: "kind", Type: column.Text, Doc: "password, access_key or certificate."},
			{Name: "slot", Type: column.Int64, Doc: "1 or 2 for keys and certificates. NULL for passwords."},
			{Name: "active", Type: column.Bool, Doc: "Whether the credential can be used. NULL where AWS wrote not_supported: root's password in older reports."},
			{Name: "created_or_rotated", Type: column.TimestampT, Doc: "When the key or certificate was created, or the password last set."},
			{Name: "last_used", Type: column.TimestampT, Doc: "When the credential was last used. NULL if never, or not known; use tells them apart."},
			{Name: "region", Type: column.Text, Doc: "The region of a key's last use."},
			{Name: "service", Type: column.Text, Doc: "The service of a key's last use."},
			{Name: "use", Type: column.Text, Doc: "used, never (since AWS began tracking), or unknown (always for certificates: the report does not say)."},
		},
	}
}
