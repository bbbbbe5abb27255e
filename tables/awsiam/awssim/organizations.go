package awssim

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// organizations answers the Organizations actions.
func (s *Sim) organizations(req *request) answer {
	org := &s.opt.Organization
	if org.ID == "" || s.accounts[req.who.account] == nil {
		return errorAnswer(req.service, &apiError{400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."})
	}
	if req.action == "DescribeOrganization" {
		return jsonAnswer(map[string]any{"Organization": s.describe()})
	}
	if req.who.account != org.Management && !slices.Contains(org.Delegated, req.who.account) {
		return errorAnswer(req.service, &apiError{400, "AccessDeniedException", "You don't have permissions to access this resource."})
	}
	switch req.action {
	case "ListAccounts":
		return s.accountPage(req, s.order)
	case "ListAccountsForParent":
		return s.accountPage(req, s.childAccounts(req.parent()))
	case "ListRoots":
		return jsonAnswer(map[string]any{"Roots": []any{map[string]any{"Id": org.Root, "Name": "Root", "Arn": s.orgARN("root/" + org.ID + "/" + org.Root)}}})
	case "ListOrganizationalUnitsForParent":
		return jsonAnswer(map[string]any{"OrganizationalUnits": s.childOUs(req.parent())})
	}
	return errorAnswer(req.service, &apiError{400, "UnknownOperationException", ""})
}

func jsonAnswer(v any) answer {
	body, err := json.Marshal(v)
	if err != nil { // maps of strings always marshal
		return errorAnswer("organizations", &apiError{500, "ServiceException", err.Error()})
	}
	return answer{status: 200, mime: mimeJSON, body: body}
}

func (s *Sim) orgARN(rest string) string {
	org := &s.opt.Organization
	partition := "aws"
	if a := s.accounts[org.Management]; a != nil {
		partition = a.partition()
	}
	return "arn:" + partition + ":organizations::" + org.Management + ":" + rest
}

func (s *Sim) describe() map[string]any {
	org := &s.opt.Organization
	return map[string]any{
		"Id": org.ID, "Arn": s.orgARN("organization/" + org.ID), "FeatureSet": "ALL",
		"MasterAccountId":  org.Management,
		"MasterAccountArn": s.orgARN("account/" + org.ID + "/" + org.Management),
	}
}

// parent is the ParentId of a request.
func (req *request) parent() string {
	var in struct {
		ParentID string `json:"ParentId"`
	}
	_ = json.Unmarshal(req.body, &in) // an unreadable body has no parent, and no children
	return in.ParentID
}

func (s *Sim) childAccounts(parent string) []string {
	var ids []string
	for _, id := range s.order {
		p := s.accounts[id].Parent
		if p == "" {
			p = s.opt.Organization.Root
		}
		if p == parent {
			ids = append(ids, id)
		}
	}
	return ids
}

func (s *Sim) childOUs(parent string) []any {
	out := []any{}
	for _, ou := range s.opt.Organization.OUs {
		if ou.Parent == parent {
			out = append(out, map[string]any{"Id": ou.ID, "Name": ou.Name, "Arn": s.orgARN("ou/" + s.opt.Organization.ID + "/" + ou.ID)})
		}
	}
	return out
}

// accountPage is one page of accounts. A token is the index of the next account; with an "e" before it, it stands for an empty page.
func (s *Sim) accountPage(req *request, ids []string) answer {
	var in struct {
		NextToken  string
		MaxResults int
	}
	_ = json.Unmarshal(req.body, &in) // an unreadable body asks for the first page
	token, empty := strings.CutPrefix(in.NextToken, "e")
	from, err := strconv.Atoi(token)
	if token != "" && (err != nil || from < 0 || from > len(ids)) {
		return errorAnswer(req.service, &apiError{400, "InvalidInputException", "You specified an invalid value."})
	}
	if empty {
		return jsonAnswer(map[string]any{"Accounts": []any{}, "NextToken": token})
	}
	size := 20
	if in.MaxResults > 0 {
		size = min(size, in.MaxResults)
	}
	if s.opt.PageSize > 0 {
		size = min(size, s.opt.PageSize)
	}
	to := min(len(ids), from+size)
	out := map[string]any{"Accounts": s.describeAccounts(ids[from:to])}
	if to < len(ids) {
		next := strconv.Itoa(to)
		if s.opt.EmptyPages {
			next = "e" + next
		}
		out["NextToken"] = next
	}
	return jsonAnswer(out)
}

func (s *Sim) describeAccounts(ids []string) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		a := s.accounts[id]
		m := map[string]any{"Id": id, "Name": a.Name, "Arn": s.orgARN("account/" + s.opt.Organization.ID + "/" + id), "Email": "aws+" + id + "@example.com"}
		if s.opt.StatusOnly {
			m["Status"] = a.state()
		} else {
			m["State"] = a.state()
		}
		out[i] = m
	}
	return out
}
