-- What it sends, captured.
select * from iam_credential_report where user='user1';
-- COM_PING
COMMIT;
insert into iam_credential_report(user) values('x');
-- COM_QUIT
