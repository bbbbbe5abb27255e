package credreport

import (
	"math/bits"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// The columns of aws.iam_credential_report by position, in the order Datadog's data directory publishes.
const (
	ColKey = iota
	ColKey1Active
	ColKey1LastRotated
	ColKey1LastUsedDate
	ColKey1LastUsedRegion
	ColKey1LastUsedService
	ColKey2Active
	ColKey2LastRotated
	ColKey2LastUsedDate
	ColKey2LastUsedRegion
	ColKey2LastUsedService
	ColAccountID
	ColARN
	ColCert1Active
	ColCert1LastRotated
	ColCert2Active
	ColCert2LastRotated
	ColMFAActive
	ColPasswordEnabled
	ColPasswordLastChanged
	ColPasswordLastUsed
	ColPasswordNextRotation
	ColTags
	ColUser
	ColUserCreationTime
	NumColumns
)

// reportColumn is one published column with the CSV field it is read from.
type reportColumn struct {
	field field
	tables.Column
}

func boolColumn(f field, doc string) reportColumn {
	return reportColumn{f, tables.Column{Name: fieldNames[f], Type: column.Bool, Doc: doc}}
}

func timeColumn(f field, doc string) reportColumn {
	return reportColumn{f, tables.Column{Name: fieldNames[f], Type: column.TimestampT, Doc: doc}}
}

func textColumn(f field, doc string) reportColumn {
	return reportColumn{f, tables.Column{Name: fieldNames[f], Type: column.Text, Doc: doc}}
}

// reportColumns are the published columns, in order.
var reportColumns = [NumColumns]reportColumn{
	{fieldARN, tables.Column{Name: "_key", Type: column.Text, Doc: "The row's key: the ARN, which is unique in one snapshot."}},
	boolColumn(fieldKey1Active, "Whether the user has an access key in slot 1 that is active. False means no key or a deactivated one: a deactivated key still has access_key_1_last_rotated."),
	timeColumn(fieldKey1LastRotated, "When the key in slot 1 was created. Activating or deactivating a key does not move it. NULL if there is no key."),
	timeColumn(fieldKey1LastUsedDate, "When the key in slot 1 last signed a request, to the minute; a window's first use counts for 15 minutes. NULL if there is no key, or it was not used since AWS began tracking on 2015-04-22."),
	textColumn(fieldKey1LastUsedRegion, "The region of the last request signed with the key in slot 1. NULL if never used, and for services without regions."),
	textColumn(fieldKey1LastUsedService, "The service the key in slot 1 last called, as AWS's namespace: s3, ec2, sts. NULL if never used."),
	boolColumn(fieldKey2Active, "Whether the user has an access key in slot 2 that is active. The slots say nothing about which key is older."),
	timeColumn(fieldKey2LastRotated, "When the key in slot 2 was created. NULL if there is no key."),
	timeColumn(fieldKey2LastUsedDate, "When the key in slot 2 last signed a request, to the minute. NULL if there is no key, or it was not used since AWS began tracking on 2015-04-22."),
	textColumn(fieldKey2LastUsedRegion, "The region of the last request signed with the key in slot 2. NULL if never used, and for services without regions."),
	textColumn(fieldKey2LastUsedService, "The service the key in slot 2 last called. NULL if never used."),
	{fieldARN, tables.Column{Name: "account_id", Type: column.Text, Doc: "The twelve digits of the AWS account, from the ARN."}},
	textColumn(fieldARN, "The user's Amazon Resource Name, with partition and path; the account's root user ends in :root."),
	boolColumn(fieldCert1Active, "Whether the user has an X.509 signing certificate in slot 1 that is active."),
	timeColumn(fieldCert1LastRotated, "When the signing certificate in slot 1 was created or uploaded. NULL if there is none."),
	boolColumn(fieldCert2Active, "Whether the user has an X.509 signing certificate in slot 2 that is active."),
	timeColumn(fieldCert2LastRotated, "When the signing certificate in slot 2 was created or uploaded. NULL if there is none."),
	boolColumn(fieldMFAActive, "Whether any MFA device is enabled for the user. The report does not say of which kind; a user without a password can have one."),
	boolColumn(fieldPasswordEnabled, "Whether the user can sign in to the console with a password. NULL for the root user in reports from before root's password could be removed, where AWS wrote not_supported: root has a password there."),
	timeColumn(fieldPasswordLastChanged, "When the password was last set. NULL without a password, and for the root user in older reports."),
	timeColumn(fieldPasswordLastUsed, "When the password was last used to sign in; a first use counts for 5 minutes. NULL if there is no password, or it was not used since AWS began tracking on 2014-10-20."),
	timeColumn(fieldPasswordNextRotation, "When the account's password policy next demands a new password. NULL if the policy expires no passwords, without a password, and for the root user."),
	{noField, tables.Column{Name: "tags", Type: column.HStoreT, Doc: "The tags of the IAM user, case kept. Empty if there are none (always for root); NULL if they could not be read, as from a report file."}},
	textColumn(fieldUser, "The user's name, or <root_account> for the account's root user."),
	timeColumn(fieldUserCreationTime, "When the user was created; for root, when the account was."),
}

// ColumnSet is a set of columns of aws.iam_credential_report, by position.
type ColumnSet uint32

// AllColumns is every column.
const AllColumns ColumnSet = 1<<NumColumns - 1

// Columns is the set of the given positions.
func Columns(positions ...int) ColumnSet {
	var s ColumnSet
	for _, p := range positions {
		s |= 1 << p
	}
	return s
}

// Has says whether the column at that position is in the set.
func (s ColumnSet) Has(position int) bool { return s>>position&1 != 0 }

// Contains says whether all of o is in s.
func (s ColumnSet) Contains(o ColumnSet) bool { return o&^s == 0 }

// Len is the number of columns in the set.
func (s ColumnSet) Len() int { return bits.OnesCount32(uint32(s)) }

// Names are the names of the columns in the set, in the published order.
func (s ColumnSet) Names() []string {
	names := make([]string, 0, s.Len())
	for i := range reportColumns {
		if s.Has(i) {
			names = append(names, reportColumns[i].Name)
		}
	}
	return names
}

// columnPosition finds a published column by name.
func columnPosition(name string) (int, bool) {
	for i := range reportColumns {
		if reportColumns[i].Name == name {
			return i, true
		}
	}
	return 0, false
}
