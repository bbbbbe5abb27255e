package awsiam

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

// tagSet is the tags of an account's users, by ARN, and when they were read.
type tagSet struct {
	byARN map[string]*column.HStore
	read  time.Time
	// partial is why the tags of some users are missing, or nil.
	partial *failure
	// unknown is how many users of the report the answer did not name.
	unknown int
}

// tags reads the tags of an account's users. GetAccountAuthorizationDetails gives those of a thousand users in one call. Who
// may not call it may be allowed ListUserTags, one user at a time; arns are the users to ask for then.
func (f *fetcher) tags(ctx context.Context, arns []string) (*tagSet, *failure) {
	if failed := f.target.login.open(ctx, f.calls); failed != nil {
		return nil, failed
	}
	set := &tagSet{byARN: make(map[string]*column.HStore, len(arns)), read: f.clock()}
	failed := f.details(ctx, set)
	if failed == nil {
		return set, nil
	}
	if !failed.denied || failed.action != "iam:GetAccountAuthorizationDetails" {
		return nil, failed
	}
	if one := f.listEach(ctx, arns, set); one != nil {
		if one.denied && len(set.byARN) == 0 {
			failed.message += "; nor is iam:ListUserTags"
			return nil, failed
		}
		set.partial = one
	}
	return set, nil
}

// pageSize is the most that GetAccountAuthorizationDetails gives at once.
const pageSize = 1000

func (f *fetcher) details(ctx context.Context, set *tagSet) *failure {
	in := &iam.GetAccountAuthorizationDetailsInput{Filter: []iamtypes.EntityType{iamtypes.EntityTypeUser}, MaxItems: aws.Int32(pageSize)}
	seen := markers{}
	for {
		var out *iam.GetAccountAuthorizationDetailsOutput
		failed := renewing(ctx, f.target.login, f.calls, "iam:GetAccountAuthorizationDetails", func(ctx context.Context) (err error) {
			out, err = f.target.login.services.iam.GetAccountAuthorizationDetails(ctx, in, f.target.login.forIAM)
			if err == nil && (out.UserDetailList == nil || out.IsTruncated && aws.ToString(out.Marker) == "") {
				err = errGarbled
			}
			return err
		})
		if failed != nil {
			return failed
		}
		for _, u := range out.UserDetailList {
			set.byARN[aws.ToString(u.Arn)] = hstore(u.Tags)
		}
		if !out.IsTruncated {
			return nil
		}
		if seen.again(out.Marker) {
			return &failure{action: "iam:GetAccountAuthorizationDetails", message: "the list does not end: AWS gave the same marker twice", cause: errGarbled}
		}
		in.Marker = out.Marker
	}
}

// listEach asks for every user's tags by name. A user that is gone since the report has no tags that could be known; the
// first other failure ends it.
func (f *fetcher) listEach(ctx context.Context, arns []string, set *tagSet) *failure {
	for _, arn := range arns {
		name := arn[strings.LastIndexByte(arn, '/')+1:]
		tags, failed := f.listOne(ctx, name)
		if failed != nil && failed.code == "NoSuchEntity" {
			continue
		}
		if failed != nil {
			return failed
		}
		set.byARN[arn] = hstore(tags)
	}
	return nil
}

func (f *fetcher) listOne(ctx context.Context, name string) (tags []iamtypes.Tag, failed *failure) {
	in := &iam.ListUserTagsInput{UserName: &name}
	seen := markers{}
	for {
		var out *iam.ListUserTagsOutput
		failed := renewing(ctx, f.target.login, f.calls, "iam:ListUserTags", func(ctx context.Context) (err error) {
			out, err = f.target.login.services.iam.ListUserTags(ctx, in, f.target.login.forIAM)
			return err
		})
		if failed != nil {
			return nil, failed
		}
		if out.IsTruncated && (aws.ToString(out.Marker) == "" || seen.again(out.Marker)) {
			return nil, &failure{action: "iam:ListUserTags", message: "the list does not end: AWS gave the same marker twice", cause: errGarbled}
		}
		tags = append(tags, out.Tags...)
		if !out.IsTruncated {
			return tags, nil
		}
		in.Marker = out.Marker
	}
}

// hstore makes the column's value of a user's tags. IAM gives each key once; should one come several times, its values are
// one sorted, comma-joined string, as in every hstore_csv column of Datadog's.
func hstore(tags []iamtypes.Tag) *column.HStore {
	values := make(map[string][]string, len(tags))
	for _, t := range tags {
		key := aws.ToString(t.Key)
		values[key] = append(values[key], aws.ToString(t.Value))
	}
	pairs := make([]column.Pair, 0, len(values))
	for key, v := range values {
		slices.Sort(v)
		pairs = append(pairs, column.Pair{Key: key, Value: strings.Join(v, ",")})
	}
	return column.NewHStore(pairs)
}

// userARNs are the ARNs of the users in a report, root not among them.
func userARNs(ctx context.Context, report *credreport.Report) ([]string, error) {
	one := credreport.NewSnapshot([]*credreport.Report{report}, nil, nil, credreport.SnapshotOptions{})
	scan, err := one.Open(ctx, credreport.TableReport, tables.Request{Columns: []int{credreport.ColARN}})
	if err != nil {
		return nil, err
	}
	arns := make([]string, 0, report.Rows())
	for i := range scan.Chunks() {
		batch, err := scan.Read(ctx, i)
		if err != nil {
			return nil, err
		}
		for row := range batch.N {
			if arn := batch.Cols[0].Text(row); !strings.HasSuffix(arn, ":root") {
				arns = append(arns, arn)
			}
		}
	}
	return arns, nil
}
