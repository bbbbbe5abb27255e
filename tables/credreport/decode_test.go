package credreport_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

const smallReport = "user,arn,password_enabled,access_key_1_active\n" +
	"<root_account>,arn:aws:iam::111122223333:root,not_supported,false\n" +
	"bob,arn:aws:iam::111122223333:user/x/bob,true,true\n" +
	"ann,arn:aws:iam::111122223333:user/ann,false,false\n"

func decode(t *testing.T, data string, opts credreport.Options) *credreport.Report {
	t.Helper()
	r, err := credreport.Decode("small", []byte(data), opts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDecode(t *testing.T) {
	t.Parallel()
	generated := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	r := decode(t, smallReport, credreport.Options{GeneratedTime: generated, Account: "111122223333"})
	want := tables.Account{
		ID: "111122223333", Partition: "aws", Source: "small", State: tables.StateFresh, GeneratedTime: generated, Rows: 3,
		SHA256: credreport.Hash([]byte(smallReport)),
	}
	if diff := cmp.Diff(want, r.Standing(tables.StateFresh)); diff != "" {
		t.Errorf("standing (-want +got):\n%s", diff)
	}
	raw := rowsOf(t, view([]*credreport.Report{r}), credreport.TableRawReport, tables.Request{Columns: []int{0, 1, 2, 3, 6, 25}})
	if diff := cmp.Diff([]string{
		"|111122223333|small|2|<root_account>|not_supported|<nil>",
		"|111122223333|small|3|bob|true|<nil>",
		"|111122223333|small|4|ann|false|<nil>",
	}, raw); diff != "" {
		t.Errorf("raw fields of the kept copy (-want +got):\n%s", diff)
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	other := strings.ReplaceAll(smallReport[strings.Index(smallReport, "\n")+1:], "111122223333", "444455556666")
	for _, c := range []struct {
		data, account string
		kind          error
		message       string
	}{
		{smallReport, "999999999999", credreport.ErrAccounts, "small is the report of account 111122223333, expected that of 999999999999"},
		{smallReport + other, "", credreport.ErrAccounts, "small holds the accounts 111122223333 and 444455556666, expected one"},
		{"user,arn\n", "", credreport.ErrNoRows, "small has a header and no rows, expected at least the root user's"},
		{"", "111122223333", credreport.ErrEmpty, "small is empty, expected the CSV of a credential report"},
	} {
		_, err := credreport.Decode("small", []byte(c.data), credreport.Options{Account: c.account})
		if !errors.Is(err, c.kind) || err.Error() != c.message {
			t.Errorf("got %v, want %s", err, c.message)
		}
	}
}

// Emulators of AWS write no root user: an account may have no rows at all.
func TestDecodeWithoutRows(t *testing.T) {
	t.Parallel()
	empty := decode(t, "user,arn\n", credreport.Options{Account: "444455556666", Partition: "aws"})
	s := view(credreport.Pack([]*credreport.Report{empty, decode(t, smallReport, credreport.Options{}), empty.WithTags(nil)}))
	for table, rows := range map[string]int{credreport.TableReport: 3, credreport.TableRawReport: 3, credreport.TableCredentials: 3} {
		if got := rowsOf(t, s, table, tables.Request{}); len(got) != rows {
			t.Errorf("%s: %d rows, want %d", table, len(got), rows)
		}
	}
	if got := empty.Standing(tables.StateFresh); got.ID != "444455556666" || got.Rows != 0 {
		t.Errorf("standing %+v", got)
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	tagged := decode(t, smallReport, credreport.Options{}).WithTags(map[string]*column.HStore{
		"arn:aws:iam::111122223333:user/x/bob": column.NewHStore([]column.Pair{{Key: "team", Value: "red"}}),
	})
	plain := decode(t, strings.ReplaceAll(smallReport, "111122223333", "444455556666"), credreport.Options{})
	request := tables.Request{Columns: []int{credreport.ColUser, credreport.ColTags}}
	got := rowsOf(t, view([]*credreport.Report{plain, tagged}), credreport.TableReport, request)
	want := []string{
		"|<root_account>|<nil>", "|bob|<nil>", "|ann|<nil>",
		"|<root_account>|&{[]}", "|bob|&{[{team red false}]}", "|ann|<nil>",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	packed := credreport.Pack([]*credreport.Report{tagged, tagged})
	if diff := cmp.Diff(append(want[3:6:6], want[3:]...), rowsOf(t, view(packed), credreport.TableReport, request)); diff != "" {
		t.Errorf("tags of packed reports (-want +got):\n%s", diff)
	}
}

func TestNotSupported(t *testing.T) {
	t.Parallel()
	dicts := credreport.NewDictionaries()
	var reports []*credreport.Report
	for i := range 70 {
		id := fmt.Sprintf("%012d", i)
		reports = append(reports, decode(t, strings.ReplaceAll(smallReport, "111122223333", id), credreport.Options{Dicts: dicts}))
	}
	s := view(credreport.Pack(reports))
	for _, c := range []struct {
		column   string
		accounts []string
		want     int64
	}{
		{"password_enabled", nil, 70},
		{"password_enabled", []string{"000000000069", "000000000001", "5"}, 2},
		{"access_key_1_active", nil, 0},
		{"cert_1_active", nil, 0},
		{"user", nil, 0},
		{"no such column", nil, 0},
	} {
		if got := s.NotSupported(credreport.TableReport, c.column, c.accounts); got != c.want {
			t.Errorf("NotSupported(%s, %v) = %d, want %d", c.column, c.accounts, got, c.want)
		}
	}
	if got := s.NotSupported(credreport.TableAccounts, "password_enabled", nil); got != 0 {
		t.Errorf("NotSupported of another table = %d", got)
	}
}

func TestAccountsTable(t *testing.T) {
	t.Parallel()
	r := decode(t, smallReport, credreport.Options{GeneratedTime: time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)})
	read := r.Standing(tables.StateStale)
	read.Name, read.Attempts, read.NextRefresh = "small one", 3, read.GeneratedTime.Add(4*time.Hour)
	denied := tables.Account{ID: "444455556666", State: tables.StateDenied, Error: "no iam:GetCredentialReport"}
	s := credreport.NewSnapshot([]*credreport.Report{r}, []tables.Account{read, denied}, nil, credreport.SnapshotOptions{})
	want := []string{
		"|111122223333|small one|aws|small|stale|1767322800000000|{0 1 5400000000}|1767337200000000|3|3|<nil>|" + r.SHA256() + "|all",
		"|444455556666|<nil>|<nil>|<nil>|denied|<nil>|<nil>|<nil>|0|<nil>|no iam:GetCredentialReport|<nil>|<nil>",
	}
	at := s.At(time.Date(2026, 1, 3, 4, 30, 0, 0, time.UTC))
	if diff := cmp.Diff(want, rowsOf(t, at, credreport.TableAccounts, tables.Request{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	one := rowsOf(t, at, credreport.TableAccounts, tables.Request{Accounts: []string{denied.ID}})
	if diff := cmp.Diff(want[1:], one); diff != "" {
		t.Errorf("one account (-want +got):\n%s", diff)
	}
	if s.Coverage().Complete() {
		t.Error("complete, though an account was denied")
	}
}

// A report of more rows than a block has is several chunks, and its rows keep their order and their tags.
func TestLargeReport(t *testing.T) {
	t.Parallel()
	fleet := reportgen.Fleet{Accounts: 1, Users: 70_000, Seed: 4}
	_, data := fleet.Account([]byte(reportgen.Header), 0)
	r, err := credreport.Decode("large", data, credreport.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")[1:]
	s := view(credreport.Pack([]*credreport.Report{r.WithTags(nil)}))
	if got := chunkCount(t, s); got != 2 {
		t.Errorf("%d chunks, want 2", got)
	}
	rows := rowsOf(t, s, credreport.TableReport, tables.Request{Columns: []int{credreport.ColUser, credreport.ColARN, credreport.ColTags}})
	if len(rows) != len(lines) {
		t.Fatalf("%d rows, want %d", len(rows), len(lines))
	}
	for i, line := range lines {
		fields := strings.SplitN(line, ",", 3)
		tags := "<nil>"
		if i == 0 {
			tags = "&{[]}"
		}
		if want := "|" + fields[0] + "|" + fields[1] + "|" + tags; rows[i] != want {
			t.Fatalf("row %d is %s, want %s", i, rows[i], want)
		}
	}
}

func TestScanEndsWithContext(t *testing.T) {
	t.Parallel()
	s := view([]*credreport.Report{decode(t, smallReport, credreport.Options{})})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, def := range credreport.Tables() {
		scan, err := s.Open(context.Background(), def.Schema+"."+def.Name, tables.Request{Columns: []int{0}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scan.Read(ctx, 0); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: a read with an ended context gives %v", def.Name, err)
		}
	}
	if _, err := s.Open(context.Background(), "aws.nothing", tables.Request{}); err == nil {
		t.Error("a table that does not exist was opened")
	}
}
