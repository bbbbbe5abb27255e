package awsiam

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"
)

// services are the SDK's clients for one set of base credentials. Those for IAM and Organizations serve all accounts: the
// credentials are given with each call.
type services struct {
	endpoint string // in place of AWS's own, as the Config, the environment or the profile says; empty: AWS's
	base     aws.CredentialsProvider
	iam      *iam.Client
	sts      *sts.Client
	org      *organizations.Client
}

// clientMaker makes services. They share their connections.
type clientMaker struct {
	cfg *Config

	once   sync.Once
	http   httpDoer
	asking sync.Mutex // one code is asked for at a time
}

// load reads the AWS configuration of a profile ("" for the default chain) and makes clients for it. It asks no service.
// region is used where the configuration names none.
func (m *clientMaker) load(ctx context.Context, profile, partition string) (*services, error) {
	if s := m.cfg.static; s != nil {
		return m.make(aws.Config{
			Region: s.region, Credentials: aws.NewCredentialsCache(credentials.NewStaticCredentialsProvider(s.id, s.secret, "")),
		}, partition), nil
	}
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(m.client()),
		config.WithLogger(logging.Nop{}),
		config.WithAssumeRoleCredentialOptions(func(o *stscreds.AssumeRoleOptions) { o.TokenProvider = m.token }),
	}
	if profile != "" {
		options = append(options, config.WithSharedConfigProfile(profile))
	}
	if m.cfg.Region != "" {
		options = append(options, config.WithRegion(m.cfg.Region))
	}
	if m.cfg.Endpoint != "" {
		options = append(options, config.WithBaseEndpoint(m.cfg.Endpoint)) // for the roles that profiles assume
	}
	loaded, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, err
	}
	return m.make(loaded, partition), nil
}

// token asks the user for the code of an MFA device.
func (m *clientMaker) token() (string, error) {
	m.asking.Lock()
	defer m.asking.Unlock()
	return m.cfg.MFAToken()
}

// client carries the requests of the credential chain and of all services: the given transport, or one of the SDK's own kind,
// so that it can add the CA bundle of AWS_CA_BUNDLE to it.
func (m *clientMaker) client() httpDoer {
	m.once.Do(func() {
		if m.cfg.Transport != nil {
			m.http = &http.Client{
				Transport:     guarded{m.cfg.Transport},
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			}
			return
		}
		width := m.cfg.Concurrency
		m.http = awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
			t.Proxy = proxyFor
			t.MaxIdleConns, t.MaxIdleConnsPerHost = 4*width, width
			t.ReadBufferSize = 64 << 10
		})
	})
	return m.http
}

func (m *clientMaker) make(c aws.Config, partition string) *services {
	if c.HTTPClient == nil {
		c.HTTPClient = m.client()
	}
	region := c.Region
	if region == "" || partition != "" && partitionOf(region) != partition {
		region = firstRegion(partition)
	}
	c.Region = region
	c.HTTPClient = answers{c.HTTPClient}
	c.Retryer = func() aws.Retryer { return aws.NopRetryer{} } // waiting is patience's, which knows IAM's codes
	c.Logger = logging.Nop{}
	if m.cfg.Endpoint != "" {
		c.BaseEndpoint = aws.String(m.cfg.Endpoint)
	}
	s := &services{base: c.Credentials, iam: iam.NewFromConfig(c), sts: sts.NewFromConfig(c), org: organizations.NewFromConfig(c)}
	var endpoints []string
	for _, e := range []*string{s.iam.Options().BaseEndpoint, s.sts.Options().BaseEndpoint, s.org.Options().BaseEndpoint} {
		if e != nil && !slices.Contains(endpoints, *e) {
			endpoints = append(endpoints, *e)
		}
	}
	s.endpoint = strings.Join(endpoints, " ")
	return s
}

// partitionPrefixes are how the regions of partitions begin. What is not among them is in "aws".
var partitionPrefixes = []struct{ partition, prefix, first string }{
	{"aws-us-gov", "us-gov-", "us-gov-west-1"},
	{"aws-cn", "cn-", "cn-north-1"},
	{"aws-eusc", "eusc-", "eusc-de-east-1"},
	{"aws-iso", "us-iso-", "us-iso-east-1"},
	{"aws-iso-b", "us-isob-", "us-isob-east-1"},
	{"aws-iso-e", "eu-isoe-", "eu-isoe-west-1"},
	{"aws-iso-f", "us-isof-", "us-isof-south-1"},
}

func partitionOf(region string) string {
	for _, p := range partitionPrefixes {
		if strings.HasPrefix(region, p.prefix) {
			return p.partition
		}
	}
	return "aws"
}

func firstRegion(partition string) string {
	for _, p := range partitionPrefixes {
		if p.partition == partition {
			return p.first
		}
	}
	return "us-east-1"
}
