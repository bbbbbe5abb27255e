package awsiam

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// inTurn has an action answer with two bodies in turn, many times.
func inTurn(w *world, account, action string, bodies ...string) {
	for i := range 50 {
		w.sim.Script(awssim.Rule{
			Account: account, Action: action, Times: 1, Fault: awssim.Fault{Spoil: awssim.SpoilReplace, Body: bodies[i%len(bodies)]},
		})
	}
}

// TestEndlessListOfAccounts: pages that lead back to each other, not only to themselves, are an error and not a list.
func TestEndlessListOfAccounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(2), nil)
		inTurn(w, "", "ListAccounts", `{"Accounts":[],"NextToken":"a"}`, `{"Accounts":[],"NextToken":"b"}`)
		s := newSource(t, w.cfg)
		defer s.Close()
		_, err := s.Snapshot(t.Context(), untagged)
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Message, "the list does not end") {
			t.Errorf("got %v", err)
		}
		if n := w.sim.Calls("", "ListAccounts"); n != 3 {
			t.Errorf("%d pages were asked for", n)
		}
	})
}

// TestEndlessTags: the same of tags, by both ways. The users' tags are NULL and a notice says so.
func TestEndlessTags(t *testing.T) {
	details := func(marker string) string {
		return `<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><IsTruncated>true</IsTruncated><UserDetailList><member>` +
			`<Arn>arn:aws:iam::1:user/x</Arn></member></UserDetailList><Marker>` + marker + `</Marker></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`
	}
	list := func(marker string) string {
		return `<ListUserTagsResponse><ListUserTagsResult><Tags/><IsTruncated>true</IsTruncated><Marker>` + marker + `</Marker></ListUserTagsResult></ListUserTagsResponse>`
	}
	for _, c := range []struct {
		action string
		bodies []string
		deny   []string
	}{
		{"GetAccountAuthorizationDetails", []string{details("a"), details("b")}, nil},
		{"ListUserTags", []string{list("a"), list("b")}, []string{"iam:GetAccountAuthorizationDetails"}},
		{"ListUserTags", []string{list("")}, []string{"iam:GetAccountAuthorizationDetails"}},
	} {
		t.Run(fmt.Sprintf("%s/%d", c.action, len(c.bodies)), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				org := organizationOf(2)
				org.Accounts[1].Deny = c.deny
				w := worldOf(org, nil)
				inTurn(w, accountID(1), c.action, c.bodies...)
				s := newSource(t, w.cfg)
				defer s.Close()
				snap := mustSnapshot(t, s, everything)
				if got := texts(snap); !hasIncomplete(snap) || !strings.Contains(got, "iam:"+c.action+": the list does not end") {
					t.Errorf("the notices are\n%s", got)
				}
				for arn, tags := range readTags(t, snap) {
					if tags != nil && strings.Contains(arn, accountID(1)+":user") {
						t.Errorf("%s has tags", arn)
					}
				}
			})
		})
	}
}
