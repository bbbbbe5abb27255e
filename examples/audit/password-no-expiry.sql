-- title: Accounts whose passwords never expire
-- group: Passwords
-- why: The password policy is set for an account: where it has no expiry, no password is ever changed by force.
-- rule: password_next_rotation is NULL for every password of the account. It is not_supported for root, which is left out. Whether expiry is wanted
--   is for your policy to say: NIST 800-63B advises against it, PCI DSS for it.
SELECT account_id, count(*) AS passwords, min(password_last_changed) AS oldest
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND password_enabled
GROUP BY account_id
HAVING count(password_next_rotation) = 0
ORDER BY account_id;
