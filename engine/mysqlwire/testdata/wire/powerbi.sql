-- What it sends, taken from: databend PR #18909, Connector/NET behaviour; reconstructed
SHOW VARIABLES;
SHOW COLLATION;
SET NAMES utf8mb4;
SET character_set_results=NULL;
SHOW WARNINGS;
SELECT TIMEDIFF(NOW(), UTC_TIMESTAMP());
SELECT @@max_allowed_packet, @@character_set_client, @@character_set_connection, @@license, @@sql_mode, @@lower_case_table_names, @@autocommit;
use `aws`;
select TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, CREATE_TIME CREATED_DATE, UPDATE_TIME MODIFIED_DATE, TABLE_COMMENT DESCRIPTION from INFORMATION_SCHEMA.TABLES where TABLE_SCHEMA = 'aws';
select TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, IS_NULLABLE, DATA_TYPE, case when NUMERIC_PRECISION is null then null when DATA_TYPE in ('FLOAT','DOUBLE') then 2 else 10 end AS NUMERIC_PRECISION_RADIX, NUMERIC_PRECISION, NUMERIC_SCALE, CHARACTER_MAXIMUM_LENGTH, COLUMN_DEFAULT, COLUMN_COMMENT AS DESCRIPTION, COLUMN_TYPE from INFORMATION_SCHEMA.COLUMNS where table_schema = 'aws' and table_name = 'iam_credential_report';
select s.INDEX_NAME, s.COLUMN_NAME, s.SEQ_IN_INDEX as ORDINAL_POSITION, case when s.INDEX_NAME='PRIMARY' then 'Y' else 'N' end as PRIMARY_KEY from INFORMATION_SCHEMA.STATISTICS s where s.TABLE_SCHEMA = 'aws' and s.TABLE_NAME='iam_credential_report' and s.NON_UNIQUE=0;
select rc.CONSTRAINT_NAME as FK_NAME, fk.ORDINAL_POSITION as ORDINAL, fk.TABLE_SCHEMA as TABLE_SCHEMA_2, fk.TABLE_NAME as TABLE_NAME_2, fk.COLUMN_NAME as PK_COLUMN_NAME_2 from INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS rc inner join INFORMATION_SCHEMA.KEY_COLUMN_USAGE fk on fk.CONSTRAINT_SCHEMA = rc.CONSTRAINT_SCHEMA and fk.CONSTRAINT_NAME = rc.CONSTRAINT_NAME where fk.TABLE_SCHEMA='aws';
SHOW KEYS FROM `iam_credential_report`;
SHOW COLUMNS FROM `iam_credential_report`;
select `$Table`.`user` as `user`, `$Table`.`mfa_active` as `mfa_active` from `aws`.`iam_credential_report` `$Table` limit 200;
select sum(1) as `a0`, `t0`.`user` from (select `_`.`user` from `aws`.`iam_credential_report` as `_`) as `t0` group by `t0`.`user` order by `t0`.`user` limit 1000001;
select `rows`.`user` as `user`, count(distinct(`rows`.`arn`)) + max(case when `rows`.`arn` is null then 1 else 0 end) as `a0` from (select `user`,`arn` from `aws`.`iam_credential_report` `$Table`) `rows` group by `user` limit 1000001;
