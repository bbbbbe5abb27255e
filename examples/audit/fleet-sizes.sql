-- title: How close accounts are to the quota of users
-- group: Fleet
-- why: An account with thousands of IAM users has programs or customers that should be roles or identities elsewhere.
-- rule: The quota is 5,000 users an account unless AWS raised it. Root is not one of them.
--   Nothing is NULL; an account that could not be read has no row.
-- parameter: quota = 5000, the quota
SELECT account_id, count(*) AS users, ROUND(100.0 * count(*) / :quota, 2) AS percent_of_quota
FROM aws.iam_credential_report
WHERE user <> '<root_account>'
GROUP BY account_id
ORDER BY users DESC, account_id;
