-- title: Active keys that were never used
-- group: Access keys
-- why: Nobody would miss them, and somebody may have them.
-- rule: Active and use = never, created at least some days ago. A report of 2014 has no columns of use: there use is unknown, and the key is listed
--   as such. Prowler's unused check passes never-used keys; CIS counts from their creation.
-- parameter: days = 7, how long a new key may wait
SELECT account_id, user, slot, created_or_rotated AS created, use
FROM credsql.credentials
WHERE kind = 'access_key' AND active AND use <> 'used' AND created_or_rotated <= NOW() - :days * INTERVAL '1 day'
ORDER BY created_or_rotated, account_id, user, slot;
