package awsiam

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// organization lists the accounts of the caller's organization and how each is entered.
func (d *discovery) organization(ctx context.Context) (found, *failure) {
	l, who, f := d.enter(ctx, d.cfg.base(), "")
	if f != nil {
		return found{}, f
	}
	list := &orgList{discovery: d, login: l}
	accounts, f := list.accounts(ctx)
	if f != nil {
		list.explain(ctx, who, f)
		return found{}, f
	}
	whole := len(d.cfg.OUs)+len(d.cfg.ExcludeOUs) == 0
	if whole && !slices.ContainsFunc(accounts, func(a orgtypes.Account) bool { return aws.ToString(a.Id) == who.account }) {
		// Some services answer a member that may not list with a list of nothing: it must not pass for an empty organization.
		return found{}, &failure{
			action: "organizations:ListAccounts", denied: true,
			message: "the list of accounts lacks the caller's own, so it is not the whole one; " + fromWhere,
		}
	}
	targets := make([]*target, 0, len(accounts))
	for _, a := range accounts {
		targets = append(targets, d.entry(l, who, a))
	}
	return found{distinct(targets), who.arn, l.services.endpoint}, nil
}

const fromWhere = "list it with credentials of the management account or of a delegated administrator"

// entry is how an account of the organization is read.
func (d *discovery) entry(l *login, who identity, a orgtypes.Account) *target {
	id := aws.ToString(a.Id)
	var t *target
	if id == who.account {
		t = &target{source: "own credentials", endpoint: l.services.endpoint, caller: who.arn, partition: who.partition, login: l}
	} else {
		t = d.member(l, who, "arn:"+who.partition+":iam::"+id+":role/"+d.cfg.OrgRole)
	}
	t.id, t.name = id, aws.ToString(a.Name)
	if state := accountState(a); slices.Contains(closedStates, state) {
		t.skipped = "the account is " + state
	}
	return t
}

// accountState is an account's State; where a service or an emulator does not send it yet, its Status, which AWS retired on
// 2026-09-09.
func accountState(a orgtypes.Account) string {
	if a.State != "" {
		return string(a.State)
	}
	return string(a.Status)
}

// closedStates are the states in which nobody can enter an account. A state that is not known here is tried: if the account
// cannot be read, that is said.
var closedStates = []string{"SUSPENDED", "PENDING_CLOSURE", "CLOSED", "PENDING_ACTIVATION"}

// orgList lists an organization.
type orgList struct {
	*discovery
	login *login
	count int
}

// accounts are the accounts that the organizational units select, in the order AWS lists them.
func (o *orgList) accounts(ctx context.Context) ([]orgtypes.Account, *failure) {
	roots := o.cfg.OUs
	if len(roots) == 0 && len(o.cfg.ExcludeOUs) == 0 {
		return o.list(ctx)
	}
	if len(roots) == 0 {
		var f *failure
		if roots, f = o.roots(ctx); f != nil {
			return nil, f
		}
	}
	seen := map[string]bool{}
	for _, id := range o.cfg.ExcludeOUs {
		seen[id] = true // never entered, and so nothing below it
	}
	var all []orgtypes.Account
	for _, root := range roots {
		part, f := o.below(ctx, root, seen)
		if f != nil {
			return nil, f
		}
		all = append(all, part...)
	}
	return all, nil
}

// below are the accounts of a unit and of all units in it.
func (o *orgList) below(ctx context.Context, parent string, seen map[string]bool) ([]orgtypes.Account, *failure) {
	if seen[parent] {
		return nil, nil
	}
	seen[parent] = true
	all, f := o.children(ctx, parent)
	if f != nil {
		return nil, f
	}
	units, f := o.units(ctx, parent)
	if f != nil {
		return nil, f
	}
	for _, unit := range units {
		part, f := o.below(ctx, unit, seen)
		if f != nil {
			return nil, f
		}
		all = append(all, part...)
	}
	return all, nil
}

// markers are the places in a list that AWS has named so far. One that comes back would make the list endless.
type markers map[string]bool

// again says whether a place was named before, and keeps it.
func (m markers) again(marker *string) bool {
	seen := m[aws.ToString(marker)]
	m[aws.ToString(marker)] = true
	return seen
}

// pages makes a listing call until there is no token: a page may be empty and still have one. A token that comes back
// would never end, so it is an error.
func (o *orgList) pages(ctx context.Context, action string, page func(ctx context.Context, token *string) (*string, error)) *failure {
	var token *string
	seen := markers{}
	for {
		var next *string
		f := renewing(ctx, o.login, o.calls, "organizations:"+action, func(ctx context.Context) (err error) {
			next, err = page(ctx, token)
			return err
		})
		if f != nil {
			return f
		}
		if aws.ToString(next) == "" {
			return nil
		}
		if seen.again(next) {
			return &failure{action: "organizations:" + action, message: "the list does not end: AWS gave the same token twice", cause: errGarbled}
		}
		token = next
	}
}

// add takes a page of accounts. A nil page is an answer without a list: not an empty one.
func (o *orgList) add(all, page []orgtypes.Account) ([]orgtypes.Account, error) {
	if page == nil {
		return nil, errGarbled
	}
	for _, a := range page {
		if !accountPattern().MatchString(aws.ToString(a.Id)) {
			return nil, errGarbled
		}
	}
	o.count += len(page)
	o.listed(o.count)
	return append(all, page...), nil
}

func (o *orgList) list(ctx context.Context) (all []orgtypes.Account, f *failure) {
	f = o.pages(ctx, "ListAccounts", func(ctx context.Context, token *string) (*string, error) {
		out, err := o.login.services.org.ListAccounts(ctx, &organizations.ListAccountsInput{NextToken: token}, o.login.forOrg)
		if err != nil {
			return nil, err
		}
		more, err := o.add(all, out.Accounts)
		if err == nil {
			all = more
		}
		return out.NextToken, err
	})
	return all, f
}

func (o *orgList) children(ctx context.Context, parent string) (all []orgtypes.Account, f *failure) {
	f = o.pages(ctx, "ListAccountsForParent", func(ctx context.Context, token *string) (*string, error) {
		out, err := o.login.services.org.ListAccountsForParent(ctx, &organizations.ListAccountsForParentInput{ParentId: &parent, NextToken: token}, o.login.forOrg)
		if err != nil {
			return nil, err
		}
		more, err := o.add(all, out.Accounts)
		if err == nil {
			all = more
		}
		return out.NextToken, err
	})
	return all, f
}

func (o *orgList) units(ctx context.Context, parent string) (ids []string, f *failure) {
	f = o.pages(ctx, "ListOrganizationalUnitsForParent", func(ctx context.Context, token *string) (*string, error) {
		in := &organizations.ListOrganizationalUnitsForParentInput{ParentId: &parent, NextToken: token}
		out, err := o.login.services.org.ListOrganizationalUnitsForParent(ctx, in, o.login.forOrg)
		if err != nil {
			return nil, err
		}
		if out.OrganizationalUnits == nil {
			return nil, errGarbled
		}
		for _, u := range out.OrganizationalUnits {
			ids = append(ids, aws.ToString(u.Id))
		}
		return out.NextToken, nil
	})
	return ids, f
}

func (o *orgList) roots(ctx context.Context) (ids []string, f *failure) {
	f = o.pages(ctx, "ListRoots", func(ctx context.Context, token *string) (*string, error) {
		out, err := o.login.services.org.ListRoots(ctx, &organizations.ListRootsInput{NextToken: token}, o.login.forOrg)
		if err != nil {
			return nil, err
		}
		if out.Roots == nil {
			return nil, errGarbled
		}
		for _, r := range out.Roots {
			ids = append(ids, aws.ToString(r.Id))
		}
		return out.NextToken, nil
	})
	return ids, f
}

// explain says, when listing was denied, from which account it would not be.
func (o *orgList) explain(ctx context.Context, who identity, f *failure) {
	if !f.denied || !strings.HasPrefix(f.action, "organizations:") {
		return
	}
	var management string
	_ = o.calls.do(ctx, "organizations:DescribeOrganization", func(ctx context.Context) error { // only the explanation depends on it
		out, err := o.login.services.org.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{}, o.login.forOrg)
		if err == nil && out.Organization != nil {
			management = aws.ToString(out.Organization.MasterAccountId)
		}
		return err
	})
	switch management {
	case "":
		f.message += "; " + fromWhere
	case who.account:
		f.message += "; the account " + who.account + " is the management account, so the permission is what is missing"
	default:
		f.message += "; the management account is " + management + ": " + fromWhere
	}
}
