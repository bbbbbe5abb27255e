package sqlerr

import "testing"

func TestNearest(t *testing.T) {
	t.Parallel()
	columns := []string{"user", "mfa_active", "password_enabled", "access_key_1_active", "access_key_2_active"}
	for name, want := range map[string]string{
		"usr": "user", "mfa_actve": "mfa_active", "MFA_ACTIVE": "mfa_active", "mfa_atcive": "mfa_active", "enabled": "password_enabled",
		"xyz": "", "q": "", "": "",
	} {
		if got := Nearest(name, columns); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
