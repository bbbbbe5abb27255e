-- title: Reports older than the limit
-- group: Fleet
-- why: A finding that was mended an hour ago is still in the report, and so is the key that was not there yet missing.
-- rule: AWS makes a new report after four hours. A plain CSV file does not say when it was made: its age is NULL, and it is listed as unknown.
-- parameter: hours = 4, how old a report may be
SELECT account_id, name, state, generated_time, CASE WHEN generated_time IS NULL THEN 'unknown' ELSE 'old' END AS why
FROM credsql.accounts
WHERE state NOT IN ('failed', 'denied', 'skipped') AND (generated_time IS NULL OR generated_time < NOW() - :hours * INTERVAL '1 hour')
ORDER BY generated_time NULLS LAST, account_id;
