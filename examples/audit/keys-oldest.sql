-- title: The oldest active keys that are in use
-- group: Access keys
-- why: Old and in daily use: hard to replace, and the longer it waits the harder.
-- rule: Active, created before the limit and used in the last week. NULL in last_used is never, and is not listed.
-- parameter: days = 365, from which age on
SELECT account_id, user, slot, created_or_rotated AS created, last_used, service
FROM credsql.credentials
WHERE kind = 'access_key' AND active AND created_or_rotated < NOW() - :days * INTERVAL '1 day' AND last_used > NOW() - INTERVAL '7 days'
ORDER BY created_or_rotated, account_id, user, slot
LIMIT 20;
