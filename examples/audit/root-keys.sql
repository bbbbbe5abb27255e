-- title: Root users with an active access key
-- group: Root
-- why: A key of root is a secret that can do everything, cannot be limited and is mostly found in a forgotten script.
-- rule: CIS 1.3 in v5, 2.4 in v7, Security Hub IAM.4: either slot active fails. Reports of every form have both columns, so nothing is unknown; a
--   report that is missing is not a pass, see fleet-coverage.
SELECT account_id, slot, created_or_rotated AS created, last_used, service, region
FROM credsql.credentials
WHERE user = '<root_account>' AND kind = 'access_key' AND active
ORDER BY account_id, slot;
