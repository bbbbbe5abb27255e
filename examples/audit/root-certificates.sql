-- title: Signing certificates of root
-- group: Root
-- why: X.509 certificates belong to interfaces that hardly anyone uses any more; for root there is no reason to have one.
-- rule: Active and inactive ones are listed: an inactive one can be activated. The report does not say when a certificate was used.
--   A date that is NULL was not written.
SELECT account_id, slot, active, created_or_rotated AS uploaded
FROM credsql.credentials
WHERE user = '<root_account>' AND kind = 'certificate'
ORDER BY account_id, slot;
