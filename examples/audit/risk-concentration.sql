-- title: Which accounts hold the findings
-- group: Summaries
-- why: How much is won by mending the worst account first.
-- rule: Findings are console users without MFA, active keys older than the limit, and credentials idle for 90 days. share is of all findings, running
--   is that of this account and those before it. What is NULL, not told, is no finding.
-- parameter: days = 90, how old a key may be
WITH found AS (
  SELECT account_id FROM aws.iam_credential_report WHERE user <> '<root_account>' AND password_enabled AND NOT mfa_active
  UNION ALL
  SELECT account_id FROM credsql.credentials WHERE kind = 'access_key' AND active AND created_or_rotated < NOW() - :days * INTERVAL '1 day'
  UNION ALL
  SELECT account_id FROM credsql.credentials
  WHERE user <> '<root_account>' AND kind <> 'certificate' AND active AND COALESCE(last_used, created_or_rotated) <= NOW() - INTERVAL '90 days'),
counted AS (SELECT account_id, count(*) AS findings FROM found GROUP BY account_id)
SELECT account_id, findings,
       ROUND(100.0 * findings / sum(findings) OVER (), 1) AS share,
       ROUND(100.0 * sum(findings) OVER (ORDER BY findings DESC, account_id) / sum(findings) OVER (), 1) AS running
FROM counted
ORDER BY findings DESC, account_id;
