package credreport

import "bytes"

// arnParts are what an ARN of the report says: arn:<partition>:iam::<account>:root or …:user<path><name>.
type arnParts struct {
	partition string
	account   string
	prefix    []byte // up to and with the colon before the resource
	root      bool
}

const accountDigits = 12

// parseARN takes an ARN apart. Partitions are not listed, because AWS adds some; ok is false for anything that is not the
// ARN of an IAM user or of a root user.
func parseARN(arn []byte) (parts arnParts, ok bool) {
	rest, ok := bytes.CutPrefix(arn, []byte("arn:"))
	if !ok {
		return parts, false
	}
	partition, rest, ok := bytes.Cut(rest, []byte(":"))
	if !ok || !isPartition(partition) {
		return parts, false
	}
	rest, ok = bytes.CutPrefix(rest, []byte("iam::"))
	if !ok || len(rest) <= accountDigits || rest[accountDigits] != ':' || !isDigits(rest[:accountDigits]) {
		return parts, false
	}
	account, resource := rest[:accountDigits], rest[accountDigits+1:]
	parts.root = string(resource) == "root"
	if !parts.root && !isUserResource(resource) {
		return parts, false
	}
	parts.partition, parts.account = string(partition), string(account)
	parts.prefix = bytes.Clone(arn[:len(arn)-len(resource)])
	return parts, true
}

// isUserResource accepts user/<name> and user/<path>/<name> with a name.
func isUserResource(resource []byte) bool {
	return bytes.HasPrefix(resource, []byte("user/")) && resource[len(resource)-1] != '/'
}

func isPartition(b []byte) bool {
	for _, c := range b {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return bytes.HasPrefix(b, []byte("aws"))
}

func isDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
