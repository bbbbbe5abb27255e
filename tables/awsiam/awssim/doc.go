// Package awssim simulates the part of AWS that credsql speaks to, as one http.Handler: IAM and STS in the query protocol,
// Organizations in JSON, with signatures checked, credential reports generated, kept for four hours and expired, lists paged,
// calls throttled, and faults scripted account by account. The demonstration organization and the tests reach it through the
// AWS SDK's own HTTP client, over a socket or in process (Sim.Transport), so that they run the code a real AWS runs.
//
// What it answers follows the IAM User Guide, the service models and captured answers. It simulates no policies: what a
// caller may not do is listed per account. It must not be given real credentials and needs none.
package awssim
