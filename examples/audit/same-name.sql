-- title: User names that exist in several accounts
-- group: Fleet
-- why: The same person with a password in each account is what single sign-on is for; the same service user is often the same key policy, copied.
-- rule: Names are compared without case, as IAM does within an account. Users without a working credential do not count; root is left out.
--   What is NULL, not told, is no credential.
SELECT LOWER(user) AS name, count(DISTINCT account_id) AS accounts, string_agg(DISTINCT account_id, ', ' ORDER BY account_id) AS which
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND (password_enabled OR access_key_1_active OR access_key_2_active)
GROUP BY 1
HAVING count(DISTINCT account_id) > 1
ORDER BY accounts DESC, name;
