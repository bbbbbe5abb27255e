package credreport

import "testing"

func TestParseARN(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ arn, want string }{
		{"arn:aws:iam::123456789012:root", "aws 123456789012 root"},
		{"arn:aws:iam::123456789012:user/bob", "aws 123456789012 user"},
		{"arn:aws:iam::123456789012:user/a,b/\"c\"/bob", "aws 123456789012 user"},
		{"arn:aws-us-gov:iam::000000000001:user/bob", "aws-us-gov 000000000001 user"},
		{"arn:aws-cn:iam::123456789012:user/bob", "aws-cn 123456789012 user"},
		{"arn:aws-iso-f:iam::123456789012:root", "aws-iso-f 123456789012 root"},
		{"arn:aws-eusc:iam::123456789012:root", "aws-eusc 123456789012 root"},
		{"arn:aws:sts::123456789012:user/bob", ""},
		{"arn:aws:iam:us-east-1:123456789012:user/bob", ""},
		{"arn:aws:iam::12345678901:user/bob", ""},
		{"arn:aws:iam::1234567890123:user/bob", ""},
		{"arn:aws:iam::12345678901a:user/bob", ""},
		{"arn:aws:iam::123456789012:role/bob", ""},
		{"arn:aws:iam::123456789012:user/", ""},
		{"arn:aws:iam::123456789012:user/path/", ""},
		{"arn:aws:iam::123456789012:", ""},
		{"arn:aws:iam::123456789012", ""},
		{"arn:azure:iam::123456789012:root", ""},
		{"arn:AWS:iam::123456789012:root", ""},
		{"arn::iam::123456789012:root", ""},
		{"bob", ""},
		{"", ""},
	} {
		got := ""
		if parts, ok := parseARN([]byte(c.arn)); ok {
			got = parts.partition + " " + parts.account + " user"
			if parts.root {
				got = parts.partition + " " + parts.account + " root"
			}
		}
		if got != c.want {
			t.Errorf("parseARN(%q) = %q, want %q", c.arn, got, c.want)
		}
	}
}
