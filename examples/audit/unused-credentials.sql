-- title: Credentials not used for N days, by CIS's rule
-- group: Unused
-- why: What nobody uses can be taken away without harm, and what is not there cannot be stolen.
-- rule: CIS 1.11 in v5, 2.11 in v7 (45 days; PCI DSS and older CIS say 90). A password or active key whose last use is at least N days ago fails, so
--   exactly N fails; Prowler passes it. Never used counts from the last change of the password or the creation of the key; Prowler and ScoutSuite
--   pass never-used ones. Root is left out. Where use is not known (reports of 2014) the credential's age counts, and use says so.
-- parameter: days = 45, for how long a credential may lie idle
SELECT account_id, user, kind, slot, use, last_used, created_or_rotated AS created
FROM credsql.credentials
WHERE user <> '<root_account>' AND kind IN ('password', 'access_key') AND active
  AND COALESCE(last_used, created_or_rotated) <= NOW() - :days * INTERVAL '1 day'
ORDER BY COALESCE(last_used, created_or_rotated), account_id, user, kind, slot;
