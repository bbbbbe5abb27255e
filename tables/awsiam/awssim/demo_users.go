package awssim

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

var (
	givenNames = []string{"ana", "bruno", "chidi", "dana", "elif", "farid", "greta", "hugo", "ines", "jonas", "kofi", "lena",
		"mateo", "nadia", "oskar", "priya", "quentin", "rosa", "sven", "tomoko", "uma", "viktor", "wen", "ximena", "yusuf", "zoe"}
	familyNames = []string{"abe", "bauer", "costa", "diallo", "eriksen", "fischer", "garcia", "haddad", "ito", "jensen", "khan",
		"lopez", "meyer", "novak", "okafor", "petrov", "quinn", "rossi", "silva", "tanaka", "ueda", "vega", "weber", "xu", "yilmaz", "zhou"}
	jobs = []string{"deploy", "backup", "metrics", "etl", "billing-export", "ci-runner", "log-shipper", "terraform"}
)

// staff fills an account up to n users with people and machines, beside those that were given.
func (d demo) staff(code string, n int, given []User) []User {
	h := fnv.New64a()
	h.Write([]byte(code))
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	users := given
	for i := len(given); i < n; i++ {
		if i%5 == 4 {
			users = append(users, d.machine(r, pick(r, jobs)+"-"+code+strconv.Itoa(i)))
		} else {
			users = append(users, d.person(r, fmt.Sprintf("%s.%s%d", pick(r, givenNames), pick(r, familyNames), i)))
		}
	}
	return users
}

// person signs in at the console; most have MFA, some have a key as well.
func (d demo) person(r *rand.Rand, name string) User {
	age := 40 + r.IntN(1500)
	u := User{Name: name, Path: pick(r, paths), Created: d.ago(age), MFA: r.IntN(9) > 0}
	u.Password = Password{Enabled: true, Changed: d.ago(r.IntN(age)), LastUsed: d.ago(r.IntN(40))}
	if r.IntN(12) == 0 {
		u.Password.LastUsed = d.ago(50 + r.IntN(300))
	}
	u.Password.Changed = notAfter(u.Password.Changed, u.Password.LastUsed)
	if r.IntN(3) == 0 {
		u.Keys[0] = d.key(r, age, r.IntN(60))
	}
	u.Created = notAfter(u.Created, u.Password.Changed)
	u.Tags = []Tag{{"team", pick(r, teams)}, {"owner", name + "@example.com"}}
	if r.IntN(2) == 0 {
		u.Tags = append(u.Tags, Tag{"cost-center", strconv.Itoa(4000 + r.IntN(12)*10)})
	}
	return u
}

// machine has keys and no password.
func (d demo) machine(r *rand.Rand, name string) User {
	age := 100 + r.IntN(1200)
	u := User{Name: name, Path: "/service/", Created: d.ago(age)}
	u.Keys[0] = d.key(r, age, r.IntN(5))
	if r.IntN(4) == 0 {
		u.Keys[1] = d.key(r, age, 60+r.IntN(100))
		u.Keys[1].Active = false
	}
	u.Tags = []Tag{{"team", pick(r, teams)}, {"env", pick(r, []string{"prod", "staging", "dev"})}, {"managed-by", "terraform"}}
	return u
}

// key is an active key made up to age days ago and used so many days ago.
func (d demo) key(r *rand.Rand, age, used int) Key {
	used = min(used, age-1)
	made := r.IntN(age)
	k := Key{Active: true, Rotated: d.ago(max(made, used+1)), Region: pick(r, regions), Service: pick(r, services)}
	k.LastUsed = d.ago(used).Truncate(time.Minute)
	if k.Service == "s3" {
		k.Region = ""
	}
	return k
}

func notAfter(t, limit time.Time) time.Time {
	if t.After(limit) {
		return limit.Add(-time.Hour)
	}
	return t
}

// The users below are the states that audits look for, one of each.

func (d demo) breakGlass() []User {
	return []User{
		{Name: "break-glass-1", Path: "/emergency/", Created: d.ago(900), MFA: true, Password: Password{Enabled: true, Changed: d.ago(200)}, Tags: []Tag{{"purpose", "emergency"}}},
		{Name: "break-glass-2", Path: "/emergency/", Created: d.ago(900), MFA: true, Password: Password{Enabled: true, Changed: d.ago(200), LastUsed: d.ago(180)}, Tags: []Tag{{"purpose", "emergency"}}},
	}
}

func (d demo) auditors() []User {
	return []User{
		{Name: "auditor.external", Created: d.ago(120), Password: Password{Enabled: true, Changed: d.ago(120), LastUsed: d.ago(2), NextRotation: d.ago(30)}, Tags: []Tag{{"team", "security"}, {"contract-end", d.ago(-60).Format(time.DateOnly)}}},
		{Name: "scanner", Path: "/service/", Created: d.ago(700), Keys: [2]Key{{Active: true, Rotated: d.ago(700), LastUsed: d.ago(0).Truncate(time.Minute), Region: "us-east-1", Service: "iam"}}, Tags: []Tag{{"team", "security"}}},
	}
}

func (d demo) payments() []User {
	used := d.ago(1).Truncate(time.Minute)
	return []User{
		{Name: "settlement", Path: "/service/", Created: d.ago(1300), Keys: [2]Key{{Active: true, Rotated: d.ago(1290), LastUsed: used, Region: "eu-west-1", Service: "sqs"}, {Active: true, Rotated: d.ago(20), LastUsed: used, Region: "eu-west-1", Service: "sqs"}}, Tags: []Tag{{"team", "payments"}, {"env", "prod"}}},
		{Name: "card-vault", Path: "/service/", Created: d.ago(1000), Keys: [2]Key{{Active: true, Rotated: d.ago(400)}}, Tags: []Tag{{"team", "payments"}, {"pci", "yes"}}},
		{Name: "signing-service", Path: "/service/", Created: d.ago(1500), Certs: [2]Cert{{Uploaded: d.ago(1500)}, {Active: true, Uploaded: d.ago(300)}}, Tags: []Tag{{"team", "payments"}}},
		{Name: "olga.no-mfa", Created: d.ago(60), Password: Password{Enabled: true, Changed: d.ago(60), LastUsed: d.ago(1)}, Tags: []Tag{{"team", "payments"}, {"owner", "olga@example.com"}}},
	}
}

func (d demo) developers() []User {
	return []User{
		{Name: "dev.rotating", Created: d.ago(250), MFA: true, Password: Password{Enabled: true, Changed: d.ago(30), LastUsed: d.ago(1), NextRotation: d.ago(-60)}, Tags: []Tag{{"team", "payments"}}},
		{Name: "dev.half-rotated", Created: d.ago(500), Keys: [2]Key{{Rotated: d.ago(500), LastUsed: d.ago(95).Truncate(time.Minute), Region: "us-west-2", Service: "ec2"}, {Active: true, Rotated: d.ago(95), LastUsed: d.ago(1).Truncate(time.Minute), Region: "us-west-2", Service: "ec2"}}, Tags: []Tag{{"team", "payments"}}},
		{Name: "dev.never-signed-in", Created: d.ago(75), Password: Password{Enabled: true, Changed: d.ago(75)}},
	}
}

func (d demo) machines() []User {
	many := make([]Tag, 50) // as many as IAM allows
	for i := range many {
		many[i] = Tag{fmt.Sprintf("label-%02d", i), strconv.Itoa(i)}
	}
	return []User{
		{Name: "cluster-bootstrap", Path: "/service/kubernetes/", Created: d.ago(800), Keys: [2]Key{{Active: true, Rotated: d.ago(90), LastUsed: d.ago(0).Truncate(time.Minute), Region: "eu-central-1", Service: "ecr"}}, Tags: many},
		{Name: "no-credentials", Created: d.ago(430), Tags: []Tag{{"team", "platform"}, {"note", ""}}},
	}
}

func (d demo) oddities() []User {
	return []User{
		{Name: "etl,nightly", Path: "/data/a,b/", Created: d.ago(310), Keys: [2]Key{{Active: true, Rotated: d.ago(310), LastUsed: d.ago(1).Truncate(time.Minute), Service: "s3"}}, Tags: []Tag{{"team", "data"}}},
		{Name: "Upper.Case+role=x@corp", Path: `/data/"quoted"/`, Created: d.ago(222), MFA: true, Password: Password{Enabled: true, Changed: d.ago(222), LastUsed: d.ago(9)}, Tags: []Tag{{"Team", "Data"}, {"équipe", "données/ü +=:@"}}},
		{Name: strings.Repeat("long-name.", 6) + "end0", Path: "/" + strings.Repeat("deep/", 12), Created: d.ago(100), MFA: true, Tags: []Tag{{"team", "data"}}},
	}
}

func (d demo) newcomers() []User {
	return []User{
		{Name: "first.day", Created: d.ago(0), Password: Password{Enabled: true, Changed: d.ago(0)}, Tags: []Tag{{"team", "support"}}},
		{Name: "console-and-keys", Created: d.ago(14), Password: Password{Enabled: true, Changed: d.ago(14), LastUsed: d.ago(13)}, Keys: [2]Key{{Active: true, Rotated: d.ago(14)}, {}}},
	}
}

func (d demo) leftovers() []User {
	return []User{
		{Name: "left.in-2021", Created: d.ago(2600), Password: Password{Enabled: true, Changed: d.ago(2000), LastUsed: d.ago(1700)}, Keys: [2]Key{{Active: true, Rotated: d.ago(2600), LastUsed: d.ago(1701).Truncate(time.Minute), Region: "us-east-1", Service: "redshift"}}},
		{Name: "tape-robot", Path: "/service/", Created: d.ago(3900), Keys: [2]Key{{Active: true, Rotated: d.ago(3900)}, {Active: true, Rotated: d.ago(3000), LastUsed: d.ago(1200).Truncate(time.Minute), Service: "s3"}}},
	}
}
