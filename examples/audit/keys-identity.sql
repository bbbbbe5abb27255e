-- title: Keys last used to manage identities
-- group: Access keys
-- why: Keys that call IAM, STS or Organizations can make more keys: losing one is losing the account.
-- rule: By the service of the last use, so that a key whose last call was another is missed. It finds candidates, not all.
--   A service that is NULL, for never or not known, is not listed.
SELECT account_id, user, slot, service, region, last_used, created_or_rotated AS created
FROM credsql.credentials
WHERE kind = 'access_key' AND active AND service IN ('iam', 'sts', 'organizations', 'sso', 'identitystore', 'sso-admin')
ORDER BY last_used DESC, account_id, user, slot;
