package credreport_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

// The published columns with their types, in the published order.
const published = `_key varchar
access_key_1_active boolean
access_key_1_last_rotated timestamp
access_key_1_last_used_date timestamp
access_key_1_last_used_region varchar
access_key_1_last_used_service varchar
access_key_2_active boolean
access_key_2_last_rotated timestamp
access_key_2_last_used_date timestamp
access_key_2_last_used_region varchar
access_key_2_last_used_service varchar
account_id varchar
arn varchar
cert_1_active boolean
cert_1_last_rotated timestamp
cert_2_active boolean
cert_2_last_rotated timestamp
mfa_active boolean
password_enabled boolean
password_last_changed timestamp
password_last_used timestamp
password_next_rotation timestamp
tags hstore
user varchar
user_creation_time timestamp`

func TestPublishedColumns(t *testing.T) {
	t.Parallel()
	var got []string
	for _, c := range credreport.Tables()[0].Columns {
		got = append(got, c.Name+" "+c.Type.String())
	}
	if diff := cmp.Diff(strings.Split(published, "\n"), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	for _, def := range credreport.Tables() {
		if def.Doc == "" || def.Columns[def.AccountColumn].Name != "account_id" {
			t.Errorf("%s.%s: no comment, or account_id is not where it is said to be", def.Schema, def.Name)
		}
		seen := map[string]bool{}
		for _, c := range def.Columns {
			if c.Doc == "" || seen[c.Name] {
				t.Errorf("%s.%s.%s: no comment, or twice there", def.Schema, def.Name, c.Name)
			}
			seen[c.Name] = true
		}
	}
}

func TestWantedBy(t *testing.T) {
	t.Parallel()
	all := credreport.AllColumns &^ credreport.Columns(credreport.ColTags)
	names := credreport.Columns(credreport.ColKey, credreport.ColARN, credreport.ColUser)
	for _, c := range []struct {
		name string
		need tables.Need
		want credreport.Wanted
	}{
		{"nothing", tables.Need{}, credreport.Wanted{Standing: true}},
		{"no column", tables.Need{Tables: []string{credreport.TableReport}, Columns: map[string][]string{credreport.TableReport: {}}}, credreport.Wanted{}},
		{"not listed", tables.Need{Tables: []string{credreport.TableReport}}, credreport.Wanted{Columns: all, Tags: true}},
		{"key", tables.Need{Tables: []string{credreport.TableReport}, Columns: map[string][]string{credreport.TableReport: {"_key"}}}, credreport.Wanted{Columns: names}},
		{"tags", tables.Need{Tables: []string{credreport.TableReport}, Columns: map[string][]string{credreport.TableReport: {"tags"}}}, credreport.Wanted{Tags: true}},
		{"accounts", tables.Need{Tables: []string{credreport.TableAccounts}}, credreport.Wanted{Hash: true, Standing: true}},
		{"accounts' ids", tables.Need{Tables: []string{credreport.TableAccounts}, Columns: map[string][]string{credreport.TableAccounts: {"account_id"}}}, credreport.Wanted{Standing: true}},
		{"first rows", tables.Need{Tables: []string{credreport.TableReport}, Rows: 5}, credreport.Wanted{Columns: all, Tags: true, Rows: 5}},
		{"first rows of an account", tables.Need{Tables: []string{credreport.TableReport}, Accounts: []string{"1"}, Rows: 5}, credreport.Wanted{Columns: all, Tags: true}},
		{"first credentials", tables.Need{Tables: []string{credreport.TableCredentials}, Rows: 5}, credreport.Wanted{Columns: credreport.WantedBy(tables.Need{Tables: []string{credreport.TableCredentials}}).Columns}},
	} {
		if got := credreport.WantedBy(c.need); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
