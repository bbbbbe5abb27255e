package awssim

import (
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"time"
)

// population generates an account's users as they are at a moment. The same account, origin and moment give the same users;
// a later moment moves the last uses of those who work, so that two reports differ.
func population(account string, n int, origin, at time.Time) []User {
	h := fnv.New64a()
	h.Write([]byte(account))
	seed := h.Sum64()
	users := make([]User, n)
	for i := range users {
		users[i] = generated(rand.New(rand.NewPCG(seed, uint64(i))), i, origin, at)
	}
	return users
}

var (
	teams    = []string{"payments", "platform", "data", "security", "mobile", "search", "support", "finance"}
	regions  = []string{"us-east-1", "eu-west-1", "eu-central-1", "us-west-2", "ap-southeast-2"}
	services = []string{"s3", "ec2", "sts", "iam", "dynamodb", "logs", "ecr", "sqs", "lambda"}
	paths    = []string{"/", "/", "/", "/people/", "/service/ci/"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// generated is user i of a population. The names are zero-padded, so that their order by number is the order of the report.
func generated(r *rand.Rand, i int, origin, at time.Time) User {
	num := strconv.Itoa(i)
	u := User{Name: "user-" + "00000"[:max(0, 5-len(num))] + num, Path: pick(r, paths)}
	age := time.Duration(30+r.IntN(2000)) * day
	u.Created = origin.Add(-age).Add(time.Duration(r.IntN(86400)) * time.Second)
	if r.IntN(3) > 0 {
		u.Password = generatedPassword(r, u.Created, age, at)
		u.MFA = r.IntN(4) > 0
	}
	for k := range u.Keys {
		if r.IntN(2) == 0 {
			u.Keys[k] = generatedKey(r, u.Created, age, at)
		}
	}
	if r.IntN(50) == 0 {
		u.Certs[0] = Cert{Active: r.IntN(2) == 0, Uploaded: u.Created.Add(time.Hour)}
	}
	u.Tags = []Tag{{"team", pick(r, teams)}, {"owner", u.Name + "@example.com"}}
	return u
}

func generatedPassword(r *rand.Rand, created time.Time, age time.Duration, at time.Time) Password {
	p := Password{Enabled: true, Changed: created.Add(fraction(r, age))}
	switch r.IntN(4) {
	case 0: // never used
	case 1:
		p.LastUsed = p.Changed.Add(time.Hour)
	default:
		p.LastUsed = lastUse(r, p.Changed, at)
	}
	return p
}

func generatedKey(r *rand.Rand, created time.Time, age time.Duration, at time.Time) Key {
	k := Key{Active: r.IntN(5) > 0, Rotated: created.Add(fraction(r, age))}
	switch {
	case r.IntN(4) == 0: // never used
	case k.Active:
		k.LastUsed = lastUse(r, k.Rotated, at).Truncate(time.Minute)
	default:
		k.LastUsed = k.Rotated.Add(24 * time.Hour).Truncate(time.Minute)
	}
	if !k.LastUsed.IsZero() {
		k.Region, k.Service = pick(r, regions), pick(r, services)
		if k.Service == "s3" {
			k.Region = "" // AWS names no region for a global service
		}
	}
	return k
}

// lastUse is up to 200 days before the report, mostly much less, and never before the credential was made.
func lastUse(r *rand.Rand, made, at time.Time) time.Time {
	f := r.Float64()
	used := at.Add(-time.Hour - time.Duration(f*f*f*float64(200*day))).Truncate(time.Second)
	if used.Before(made) {
		return made.Add(time.Hour)
	}
	return used
}

func fraction(r *rand.Rand, d time.Duration) time.Duration {
	return time.Duration(r.Float64() * float64(d)).Truncate(time.Second)
}

const day = 24 * time.Hour
