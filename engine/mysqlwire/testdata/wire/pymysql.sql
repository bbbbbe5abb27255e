-- What it sends, captured.
select * from iam_credential_report where user='user1';
-- COM_PING
COMMIT;
-- refused: Error 1290 (25006): cannot execute INSERT in a read-only session at character 1; hint: credsql answers queries; it never changes anything
insert into iam_credential_report(user) values('x');
-- COM_QUIT
