-- What it sends, taken from: mysql CLI 8.0 behaviour
select @@version_comment limit 1;
select USER();
SELECT DATABASE();
show databases;
show tables;
show warnings;
show count(*) warnings;
show count(*) errors;
select @@character_set_client, @@character_set_connection, @@character_set_server, @@character_set_database limit 1;
select DATABASE(), USER() limit 1;
help 'contents';
SHOW STATUS LIKE 'Ssl_cipher';
describe iam_credential_report;
desc iam_credential_report user;
explain iam_credential_report;
show columns from iam_credential_report like 'mfa%';
show create table iam_credential_report;
-- refused: Error 1094 (HY000): Unknown thread id: 999999
kill query 999999;
