-- title: Users without the tag that says whose they are
-- group: Fleet
-- why: Findings without an owner stay.
-- rule: Users whose tags were read and lack the key, or have it empty. Tags that were not read (NULL, as always from files) are not listed: they are
--   not known to be missing.
-- parameter: tag = team, the key of the tag
SELECT account_id, user, user_creation_time, tags
FROM aws.iam_credential_report
WHERE user <> '<root_account>' AND tags IS NOT NULL AND COALESCE(tags->:'tag', '') = ''
ORDER BY account_id, user;
