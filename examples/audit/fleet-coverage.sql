-- title: Which accounts are in the answers, and which are not
-- group: Fleet
-- why: An account that could not be read has no findings. That is not the same as being clean.
-- rule: From credsql.accounts: what is missing comes first, and the reason with it. Skipped accounts were left out on purpose.
--   error is NULL where nothing went wrong.
SELECT account_id, name, state, rows, error
FROM credsql.accounts
ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'denied' THEN 1 WHEN 'stale' THEN 2 WHEN 'refreshing' THEN 3 WHEN 'skipped' THEN 5 ELSE 4 END, account_id;
