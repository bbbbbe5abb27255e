-- title: Active signing certificates
-- group: Certificates
-- why: They sign calls of SOAP interfaces and of old tools; most are forgotten.
-- rule: Root is root-certificates' and left out. The report does not say when one was used.
--   A date that is NULL was not written; the certificate is listed all the same.
SELECT account_id, user, slot, created_or_rotated AS uploaded
FROM credsql.credentials
WHERE kind = 'certificate' AND active AND user <> '<root_account>'
ORDER BY account_id, user, slot;
