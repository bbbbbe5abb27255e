package awsiam

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// moto is a moto_server. It takes every key that it does not know for one of its management account, and lets anyone assume
// any role in any account.
type moto struct {
	t        *testing.T
	endpoint string
}

const motoManagement = "123456789012"

// motoUser is a user to make.
type motoUser struct {
	name, path string
	password   bool
	mfa        bool
	keys       []iamtypes.StatusType
	used       bool // the first key signs a call
	cert       bool
	tags       map[string]string
}

const active, inactive = iamtypes.StatusTypeActive, iamtypes.StatusTypeInactive

// motoUsers are users in every state that moto can be in. A name with a comma is not among them: moto's report does not quote.
func motoUsers() []motoUser {
	many := map[string]string{}
	for i := range 50 {
		many[fmt.Sprintf("k%02d", i)] = fmt.Sprintf("v%d", i)
	}
	return []motoUser{
		{name: "bare"},
		{name: "console", password: true, tags: map[string]string{"team": "red", "Env": "prod"}},
		{name: "console-mfa", password: true, mfa: true, tags: map[string]string{"team": "red"}},
		{name: "key", keys: []iamtypes.StatusType{active}},
		{name: "key-used", path: "/svc/", keys: []iamtypes.StatusType{active}, used: true, tags: map[string]string{"owner": "ops@example.com"}},
		{name: "two-keys", path: "/svc/", keys: []iamtypes.StatusType{active, active}},
		{name: "inactive", keys: []iamtypes.StatusType{inactive}, tags: map[string]string{"empty": ""}},
		{name: "mixed", path: "/deep/er/", password: true, mfa: true, keys: []iamtypes.StatusType{inactive, active}, tags: map[string]string{"Team": "A", "other": "b"}},
		{name: "everything", password: true, mfa: true, keys: []iamtypes.StatusType{active, active}, used: true, cert: true, tags: many},
		{name: "Upper.Case@x+y=z", password: true, keys: []iamtypes.StatusType{active}, tags: map[string]string{"équipe": "çå/ü +=:@"}},
		{name: "mfa-only", mfa: true},
	}
}

// newMoto empties a server.
func newMoto(t *testing.T, endpoint string) *moto {
	t.Helper()
	resp, err := http.Post(strings.TrimSuffix(endpoint, "/")+"/moto-api/reset", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return &moto{t: t, endpoint: endpoint}
}

func (m *moto) check(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// iam acts in an account: in the management account with any key, in others through a role.
func (m *moto) iam(account string) *iam.Client {
	if account == motoManagement {
		return iam.NewFromConfig(m.config("testing", "testing", ""))
	}
	out, err := sts.NewFromConfig(m.config("testing", "testing", "")).AssumeRole(context.Background(), &sts.AssumeRoleInput{
		RoleArn: aws.String("arn:aws:iam::" + account + ":role/seed"), RoleSessionName: aws.String("seed"),
	})
	m.check(err)
	c := out.Credentials
	return iam.NewFromConfig(m.config(*c.AccessKeyId, *c.SecretAccessKey, *c.SessionToken))
}

// seed makes an organization of n accounts with users and gives the ids.
func (m *moto) seed(n int) []string {
	ctx := context.Background()
	org := organizations.NewFromConfig(m.config("testing", "testing", ""))
	_, err := org.CreateOrganization(ctx, &organizations.CreateOrganizationInput{FeatureSet: orgtypes.OrganizationFeatureSetAll})
	m.check(err)
	ids := []string{motoManagement}
	for i := 1; i < n; i++ {
		out, err := org.CreateAccount(ctx, &organizations.CreateAccountInput{
			AccountName: aws.String(fmt.Sprintf("member-%d", i)), Email: aws.String(fmt.Sprintf("m%d@example.com", i)),
		})
		m.check(err)
		ids = append(ids, *out.CreateAccountStatus.AccountId)
	}
	for i, id := range ids {
		api := m.iam(id)
		for k, u := range motoUsers() {
			if k%3 != i { // so that no two accounts have the same users
				m.make(api, u)
			}
		}
	}
	return ids
}

func (m *moto) make(api *iam.Client, u motoUser) {
	ctx := context.Background()
	name := aws.String(u.name)
	path := aws.String("/")
	if u.path != "" {
		path = aws.String(u.path)
	}
	var tags []iamtypes.Tag
	for k, v := range u.tags {
		tags = append(tags, iamtypes.Tag{Key: aws.String(k), Value: aws.String(v)})
	}
	_, err := api.CreateUser(ctx, &iam.CreateUserInput{UserName: name, Path: path, Tags: tags})
	m.check(err)
	if u.password {
		_, err := api.CreateLoginProfile(ctx, &iam.CreateLoginProfileInput{UserName: name, Password: aws.String("Passw0rd!1")})
		m.check(err)
	}
	if u.mfa {
		device, err := api.CreateVirtualMFADevice(ctx, &iam.CreateVirtualMFADeviceInput{VirtualMFADeviceName: name})
		m.check(err)
		_, err = api.EnableMFADevice(ctx, &iam.EnableMFADeviceInput{
			UserName: name, SerialNumber: device.VirtualMFADevice.SerialNumber, AuthenticationCode1: aws.String("123456"), AuthenticationCode2: aws.String("654321"),
		})
		m.check(err)
	}
	if u.cert {
		_, err := api.UploadSigningCertificate(ctx, &iam.UploadSigningCertificateInput{UserName: name, CertificateBody: aws.String(certificate(m.t, u.name))})
		m.check(err)
	}
	m.makeKeys(api, u)
}

func (m *moto) makeKeys(api *iam.Client, u motoUser) {
	ctx := context.Background()
	for i, status := range u.keys {
		out, err := api.CreateAccessKey(ctx, &iam.CreateAccessKeyInput{UserName: &u.name})
		m.check(err)
		key := out.AccessKey
		if u.used && i == 0 { // any signed call stamps the key
			_, err := sts.NewFromConfig(m.config(*key.AccessKeyId, *key.SecretAccessKey, "")).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
			m.check(err)
		}
		if status == inactive {
			_, err := api.UpdateAccessKey(ctx, &iam.UpdateAccessKeyInput{UserName: &u.name, AccessKeyId: key.AccessKeyId, Status: status})
			m.check(err)
		}
	}
}

// certificate is a self-signed certificate, which is all that moto looks for.
func certificate(t *testing.T, name string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2034, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
