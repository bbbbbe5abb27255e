-- title: Access keys and passwords made lately
-- group: Summaries
-- why: Every new credential should have a reason that somebody remembers.
-- rule: By the creation of keys and the last change of passwords. Inactive keys are in: they were made too.
--   A password whose last change is NULL, as that of root in old reports, is not listed.
-- parameter: days = 7, how many days back
SELECT account_id, user, kind, slot, active, created_or_rotated AS created, last_used
FROM credsql.credentials
WHERE created_or_rotated > NOW() - :days * INTERVAL '1 day'
ORDER BY created_or_rotated DESC, account_id, user, kind, slot;
