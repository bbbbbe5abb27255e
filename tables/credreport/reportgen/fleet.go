// Package reportgen writes made-up credential reports, the same bytes for the same arguments every time: large fleets for
// benchmarks, and the sample reports of examples/reports. Nothing in it is a real account, person or company.
package reportgen

import (
	"fmt"
	"io"
	"strconv"
	"time"
)

// Header is the header of AWS's reports: 22 columns, LF.
const Header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation," +
	"mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region," +
	"access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date," +
	"access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active," +
	"cert_2_last_rotated\n"

// fleetNow is the time before which everything in a fleet happened.
var fleetNow = time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC).Unix()

const day = 86400

// random is splitmix64: small, fast, and the same everywhere.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9E3779B97F4A7C15
	z := uint64(*r)
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB
	return z ^ (z >> 31)
}

func (r *random) below(n int) int { return int(r.next() % uint64(n)) }

// percent is true in that many of a hundred cases.
func (r *random) percent(p int) bool { return r.below(1000) < p*10 }

func (r *random) between(a, b int64) int64 {
	if b <= a {
		return a
	}
	return a + int64(r.next()%uint64(b-a))
}

func (r *random) pick(from []string) string { return from[r.below(len(from))] }

var (
	firstNames = []string{"james", "mary", "john", "patricia", "robert", "jennifer", "michael", "linda", "david", "elizabeth", "wei", "yan", "amit", "priya", "carlos", "maria", "ahmed", "fatima", "olga", "ivan", "yuki", "kenji", "lars", "ingrid", "pierre", "claire", "hans", "greta", "sean", "aoife", "tom", "anna"}
	lastNames  = []string{"smith", "johnson", "williams", "brown", "jones", "garcia", "miller", "davis", "rodriguez", "martinez", "lee", "wang", "zhang", "patel", "kumar", "silva", "santos", "khan", "ali", "ivanov", "petrov", "sato", "suzuki", "nielsen", "hansen", "dubois", "martin", "mueller", "schmidt", "murphy", "kelly", "novak"}
	jobs       = []string{"deploy", "backup", "terraform", "jenkins", "github-actions", "datadog", "s3-sync", "ses-smtp", "cloudwatch-agent", "etl", "airflow", "kinesis-writer", "lambda-ci", "vault", "packer", "snowflake-stage", "cert-renewer", "dns-update", "billing-export", "legacy-app"}
	stages     = []string{"prod", "stage", "dev", "test"}
	regions    = []string{"us-east-1", "us-east-1", "us-east-1", "us-east-1", "us-west-2", "us-west-2", "eu-west-1", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "us-east-2", "us-west-1", "eu-west-2", "eu-north-1", "sa-east-1", "ca-central-1", "ap-south-1", "N/A"}
	services   = []string{"s3", "s3", "s3", "s3", "iam", "sts", "sts", "ec2", "ec2", "cloudformation", "ses", "dynamodb", "cloudwatch", "monitoring", "logs", "lambda", "ecr", "sqs", "sns", "kms", "route53", "rds", "organizations", "support", "secretsmanager", "ssm", "ecs", "eks"}
)

// Fleet is a number of accounts of one size.
type Fleet struct {
	Accounts int
	Users    int // rows of each account, root included
	Seed     uint64
}

// Account gives the id of account i and writes its rows, without a header, to dst.
func (f Fleet) Account(dst []byte, i int) (id string, rows []byte) {
	r := random(f.Seed*1_000_003 + uint64(i)*7919)
	id = fmt.Sprintf("%012d", 100000000000+(r.next()%899999999999))
	w := fleetRow{r: &r, out: dst, account: id, taken: map[string]bool{}}
	for user := range f.Users {
		w.row(user)
	}
	return id, w.out
}

// WriteSingle writes all accounts as one file with one header.
func (f Fleet) WriteSingle(w io.Writer) error {
	if _, err := io.WriteString(w, Header); err != nil {
		return err
	}
	var rows []byte
	for i := range f.Accounts {
		_, rows = f.Account(rows[:0], i)
		if _, err := w.Write(rows); err != nil {
			return err
		}
	}
	return nil
}

// fleetRow writes the rows of one account.
type fleetRow struct {
	r       *random
	out     []byte
	account string
	taken   map[string]bool // names of users; AWS's are unique in an account, ignoring case, and these are all lower case
}

func (w *fleetRow) text(s string) { w.out = append(w.out, s...) }

func (w *fleetRow) bool(v bool) { w.out = strconv.AppendBool(w.out, v) }

func (w *fleetRow) time(unix int64) {
	w.out = time.Unix(unix, 0).UTC().AppendFormat(w.out, "2006-01-02T15:04:05")
	w.text("+00:00")
}

func (w *fleetRow) row(user int) {
	if user == 0 {
		w.root()
		return
	}
	human := w.r.percent(58)
	from := len(w.out)
	w.name(human, user)
	if w.taken[string(w.out[from:])] {
		w.text("-")
		w.out = strconv.AppendInt(w.out, int64(user), 36)
	}
	name := string(w.out[from:])
	w.taken[name] = true
	w.text(",arn:aws:iam::" + w.account + ":user/")
	if !human {
		w.text("system/")
	}
	w.text(name + ",")
	created := w.r.between(fleetNow-8*365*day, fleetNow-day)
	w.time(created)
	w.text(",")
	w.password(human, created)
	w.text(",")
	hasKey := human && w.r.percent(45) || !human && w.r.percent(96)
	w.key(hasKey, w.r.percent(80), created)
	w.text(",")
	w.key(hasKey && w.r.percent(22), w.r.percent(60), created)
	for range 2 {
		if w.r.percent(1) {
			w.text(",true,")
			w.time(w.r.between(created, fleetNow))
		} else {
			w.text(",false,N/A")
		}
	}
	w.text("\n")
}

func (w *fleetRow) root() {
	created := w.r.between(fleetNow-11*365*day, fleetNow-300*day)
	w.text("<root_account>,arn:aws:iam::" + w.account + ":root,")
	w.time(created)
	w.text(",not_supported,")
	switch {
	case w.r.percent(30):
		w.text("no_information")
	case w.r.percent(20):
		w.time(w.r.between(fleetNow-90*day, fleetNow))
	default:
		w.time(w.r.between(created, fleetNow))
	}
	w.text(",not_supported,not_supported,")
	w.bool(w.r.percent(85))
	w.text(",")
	w.key(w.r.percent(6), w.r.percent(70), created)
	w.text(",")
	w.key(w.r.percent(1), w.r.percent(70), created)
	w.text(",false,N/A,false,N/A\n")
}

func (w *fleetRow) name(human bool, user int) {
	if human {
		w.text(w.r.pick(firstNames) + "." + w.r.pick(lastNames))
		if w.r.percent(75) {
			w.out = strconv.AppendInt(w.out, int64(w.r.below(4000)), 10)
		}
		if w.r.percent(8) {
			w.text("@example.com")
		}
	} else {
		if w.r.percent(50) {
			w.text("svc-")
		}
		w.text(w.r.pick(jobs) + "-" + w.r.pick(stages) + "-")
		w.out = strconv.AppendInt(w.out, int64(w.r.below(3000)), 10)
	}
	if user%4 == 0 {
		w.text("-")
		w.out = strconv.AppendInt(w.out, int64(user), 36)
	}
}

func (w *fleetRow) password(human bool, created int64) {
	if !(human && w.r.percent(92) || !human && w.r.percent(4)) {
		w.text("false,N/A,N/A,N/A,")
		w.bool(human && w.r.percent(10))
		return
	}
	w.text("true,")
	if w.r.percent(15) {
		w.text("no_information,")
	} else {
		from := created
		if w.r.percent(55) && fleetNow-60*day > created {
			from = fleetNow - 60*day
		}
		w.time(w.r.between(from, fleetNow))
		w.text(",")
	}
	changed := w.r.between(created, fleetNow)
	w.time(changed)
	w.text(",")
	if w.r.percent(60) {
		w.time(changed + 90*day)
	} else {
		w.text("N/A")
	}
	w.text(",")
	w.bool(w.r.percent(82))
}

func (w *fleetRow) key(exists, active bool, created int64) {
	w.bool(exists && active)
	if !exists {
		w.text(",N/A,N/A,N/A,N/A")
		return
	}
	rotated := w.r.between(created, fleetNow)
	w.text(",")
	w.time(rotated)
	if w.r.percent(18) {
		w.text(",N/A,N/A,N/A")
		return
	}
	from := rotated
	if active && w.r.percent(65) && fleetNow-30*day > rotated {
		from = fleetNow - 30*day
	}
	w.text(",")
	w.time(w.r.between(from, fleetNow))
	w.text("," + w.r.pick(regions) + "," + w.r.pick(services))
}
