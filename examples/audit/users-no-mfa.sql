-- title: Users without MFA, whatever their credentials
-- group: MFA
-- why: Some rules ask for MFA for everyone, so that keys can be made to demand it as well.
-- rule: Security Hub IAM.19 (PCI DSS, NIST 800-53): mfa_active alone, with or without a password. Users that have no credential at all are left out,
--   for there is nothing to protect; root is left out too. A credential that is NULL, not told, is none; an MFA that is not told is not listed.
SELECT account_id, user, password_enabled AS console, access_key_1_active OR access_key_2_active AS keys
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND NOT mfa_active
  AND (password_enabled OR access_key_1_active OR access_key_2_active OR cert_1_active OR cert_2_active)
ORDER BY account_id, user;
