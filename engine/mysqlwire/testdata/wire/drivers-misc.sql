-- What Rust (sqlx, mysql_async), Go (gorm, ent, sqlc), Elixir (myxql), Ruby (sequel), PHP (mysqli), R (RMariaDB), Perl, ODBC and Excel send
SELECT @@max_allowed_packet, @@wait_timeout, @@socket;
SET sql_mode=(SELECT CONCAT(@@sql_mode, ',PIPES_AS_CONCAT,NO_ENGINE_SUBSTITUTION')),time_zone='+00:00',NAMES utf8mb4 COLLATE utf8mb4_unicode_ci;
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci;
SELECT VERSION();
SELECT SCHEMA_NAME from Information_schema.SCHEMATA where SCHEMA_NAME LIKE 'aws%' ORDER BY SCHEMA_NAME='aws' DESC,SCHEMA_NAME limit 1;
SELECT count(*) FROM information_schema.tables WHERE table_schema = 'aws' AND table_name = 'iam_credential_report' AND table_type = 'BASE TABLE';
SELECT column_name, column_default, is_nullable = 'YES', data_type, character_maximum_length, column_type, column_key, extra, column_comment, numeric_precision, numeric_scale , datetime_precision FROM information_schema.columns WHERE table_schema = 'aws' AND table_name = 'iam_credential_report' ORDER BY ORDINAL_POSITION;
SELECT * FROM `iam_credential_report` WHERE user = 'backup-dev' AND `iam_credential_report`.`mfa_active` = false ORDER BY `iam_credential_report`.`_key` LIMIT 1;
SELECT `iam_credential_report`.`user` FROM `iam_credential_report` WHERE `iam_credential_report`.`account_id` IN ('100000000017') AND NOT `iam_credential_report`.`mfa_active` LIMIT 1001;
SELECT NULL AS `nil` FROM `iam_credential_report` LIMIT 1;
SELECT 1 AS `one` FROM `iam_credential_report` WHERE (`mfa_active` IS TRUE) LIMIT 1;
DESCRIBE `iam_credential_report`;
SHOW FULL TABLES;
SET SQL_AUTO_IS_NULL=0;
SET @@wait_timeout = 2147483;
SET sql_mode = '';
SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES';
SET character_set_client = utf8mb4, character_set_connection = utf8mb4, character_set_results = utf8mb4;
SET CHARSET utf8mb4;
SELECT NULL, NULL, NULL, SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME LIKE '%' ORDER BY SCHEMA_NAME;
select database();
SELECT TABLE_SCHEMA,TABLE_NAME, TABLE_TYPE,TABLE_COMMENT FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'aws' AND ( TABLE_TYPE='BASE TABLE' OR TABLE_TYPE='VIEW' );
SELECT TABLE_CATALOG as TABLE_CAT, TABLE_SCHEMA as TABLE_SCHEM, c.TABLE_NAME, c.COLUMN_NAME, ORDINAL_POSITION FROM INFORMATION_SCHEMA.COLUMNS c WHERE TABLE_SCHEMA LIKE 'aws' AND c.TABLE_NAME LIKE 'iam\_credential\_report' ORDER BY ORDINAL_POSITION;
SELECT A.TABLE_SCHEMA AS TABLE_CAT, NULL AS TABLE_SCHEM, A.TABLE_NAME, A.COLUMN_NAME FROM INFORMATION_SCHEMA.STATISTICS A WHERE A.TABLE_SCHEMA = 'aws' AND A.INDEX_NAME = 'PRIMARY';
SHOW VARIABLES LIKE 'sql_mode';
select @@sql_mode, @@autocommit, @@tx_isolation;
SELECT IF(@@sql_mode LIKE '%ANSI%', 1, 0);
SELECT CAST(SUBSTRING_INDEX(VERSION(), '.', 1) AS UNSIGNED) AS major;
SELECT CONCAT('a', 'b', 1), CONCAT_WS(',', 'a', NULL, 'b'), IFNULL(NULL, 'x'), COALESCE(NULL, 'y'), NULLIF('a', 'a'), IF(1 = 1, 'yes', 'no');
SELECT CAST('12' AS SIGNED), CAST(12.5 AS CHAR), CONVERT('12', SIGNED), CAST('2024-01-01' AS DATE), CAST('2024-01-01 10:00:00' AS DATETIME);
SELECT LOWER('A'), UPPER('a'), LENGTH('é'), CHAR_LENGTH('é'), TRIM(' x '), SUBSTRING('abc', 2), SUBSTRING('abc' FROM 2 FOR 1), REPLACE('aXb', 'X', '-'), LOCATE('b', 'abc'), INSTR('abc', 'c'), LEFT('abc', 2), RIGHT('abc', 1);
SELECT `user` REGEXP '^a' AS r, `user` RLIKE 'b$', `user` NOT LIKE 'c%', `user` <=> NULL FROM `iam_credential_report` ORDER BY `arn` LIMIT 2;
SELECT GROUP_CONCAT(DISTINCT `account_id` ORDER BY `account_id` SEPARATOR ', ') FROM `iam_credential_report`;
SELECT `tags`->>'$.team' AS team, JSON_EXTRACT(`tags`, '$.team') FROM `iam_credential_report` WHERE `tags` IS NOT NULL ORDER BY `arn` LIMIT 2;
SELECT DATEDIFF('2024-03-01', '2024-02-01'), DATE_FORMAT('2024-03-01 10:11:12', '%Y-%m-%d %H:%i:%s'), UNIX_TIMESTAMP('2024-03-01 00:00:00'), FROM_UNIXTIME(1709251200);
SELECT `user` FROM `iam_credential_report` WHERE `password_last_used` < NOW() - INTERVAL 90 DAY ORDER BY `arn` LIMIT 3;
SELECT `user` FROM `iam_credential_report` WHERE `access_key_1_last_rotated` < DATE_SUB(CURDATE(), INTERVAL 1 YEAR) ORDER BY `arn` LIMIT 3;
SELECT `user`, ROW_NUMBER() OVER (PARTITION BY `account_id` ORDER BY `arn`) AS rn FROM `iam_credential_report` ORDER BY `arn` LIMIT 3;
WITH `x` AS (SELECT `account_id`, COUNT(*) AS n FROM `iam_credential_report` GROUP BY `account_id`) SELECT * FROM `x` WHERE n > 5 ORDER BY `account_id`;
SELECT a.`user`, b.`name` FROM `aws`.`iam_credential_report` a LEFT JOIN `credsql`.`accounts` b ON a.`account_id` = b.`account_id` ORDER BY a.`arn` LIMIT 3;
-- refused: Error 1305 (42883): function rand() does not exist at character 48; hint: Perhaps you meant rank.
SELECT * FROM `iam_credential_report` ORDER BY RAND() LIMIT 1;
-- refused: Error 1235 (0A000): assignment in a query is not supported at character 11
SELECT @a := 1;
-- refused: Error 1064 (42601): syntax error at or near ":=" at character 16
SELECT @rownum := @rownum + 1 AS n, user FROM iam_credential_report, (SELECT @rownum := 0) r LIMIT 3;
SET @x = 5, @y := 'abc';
SELECT @x, @y, @undefined;
SELECT * FROM (SELECT 1 AS a UNION SELECT 2) t ORDER BY a DESC;
(SELECT `user` FROM `iam_credential_report` WHERE `user` = 'backup-dev') UNION ALL (SELECT 'x') ORDER BY 1 LIMIT 5;
SELECT SQL_NO_CACHE COUNT(*) FROM iam_credential_report;
SELECT STRAIGHT_JOIN COUNT(*) FROM iam_credential_report;
-- refused: Error 1064 (42601): syntax error at or near "INDEX" at character 50
SELECT COUNT(*) FROM iam_credential_report FORCE INDEX (PRIMARY);
-- refused: Error 1064 (42601): syntax error at or near "`user`" at character 22
SELECT HIGH_PRIORITY `user` FROM `iam_credential_report` LIMIT 1;
SELECT 'a' 'b';
-- refused: Error 1193 (42704): type "_utf8mb4" does not exist at character 16; hint: Types are BIGINT, BOOLEAN, DECIMAL, HSTORE, INET, INTERVAL, JSON, TIMESTAMP, VARCHAR and arrays of them.
SELECT N'abc', _utf8mb4'abc', x'4142', b'1';
-- refused: Error 1064 (42601): trailing junk after numeric literal at or near "0xFF" at character 8
SELECT 0xFF, 1e3, .5;
-- refused: Error 1305 (42883): operator does not exist: bigint || bigint at character 79; hint: There is: varchar || bigint; bigint || varchar. Or convert an operand with CAST(… AS type).
SELECT TRUE AND FALSE, 1 XOR 0, NOT 1, !0, 5 DIV 2, 5 MOD 2, 5 % 2, 1 && 1, 0 || 1;
-- refused: Error 1054 (42703): column "double quoted" does not exist at character 8; hint: text is written in single quotes: 'double quoted'
SELECT "double quoted";
-- refused: Error 1054 (42703): column "backup-dev" does not exist at character 52; hint: text is written in single quotes: 'backup-dev'
SELECT * FROM iam_credential_report WHERE "user" = "backup-dev";
SELECT LAST_INSERT_ID(), ROW_COUNT(), FOUND_ROWS();
-- refused: Error 1305 (42883): function uuid() does not exist at character 8
SELECT UUID() IS NOT NULL;
-- refused: Error 1305 (42883): function sha1(unknown) does not exist at character 18
SELECT MD5('a'), SHA1('a'), SHA2('a', 256), HEX('a'), UNHEX('61'), TO_BASE64('a'), CRC32('a');
-- refused: Error 1305 (42883): function inet_aton(unknown) does not exist at character 8
SELECT INET_ATON('1.2.3.4'), INET_NTOA(16909060);
-- refused: Error 1305 (42883): function truncate(decimal, bigint) does not exist at character 102
SELECT GREATEST(1, 2), LEAST(1, 2), ROUND(1.5), FLOOR(1.5), CEIL(1.2), ABS(-1), POW(2, 3), SIGN(-2), TRUNCATE(1.567, 1), FORMAT(12345.678, 2);
SET @a := 3, @b = 'x';
SELECT @a + 1, @b, @c;
SELECT user FROM iam_credential_report WHERE user = _binary'backup-dev' ORDER BY arn LIMIT 1;
SELECT `user` FROM iam_credential_report ORDER BY `arn` LIMIT 18446744073709551615 OFFSET 590;
SELECT `i`.`user` FROM { oj `aws`.`iam_credential_report` `i` } WHERE `i`.`user_creation_time` > {ts '2024-01-01 00:00:00'} ORDER BY `i`.`arn` LIMIT 2;
SELECT {fn UCASE('a')}, {d '2024-01-01'};
SELECT account_id, count(*) AS n FROM iam_credential_report GROUP BY account_id HAVING n > 60 ORDER BY n;
SELECT count(*) AS c FROM iam_credential_report WHERE mfa_active = 0;
-- refused: Error 1305 (42883): operator does not exist: boolean = bigint at character 66; hint: There is: boolean = boolean; bigint = bigint. Or convert an operand with CAST(… AS type).
SELECT count(*) AS c FROM iam_credential_report WHERE mfa_active = 2;
SELECT count(*) AS c FROM iam_credential_report WHERE user = 'a' COLLATE utf8mb4_bin;
SELECT CONVERT_TZ(user_creation_time, 'UTC', 'Europe/Berlin') FROM iam_credential_report ORDER BY arn LIMIT 1;
-- refused: Error 1305 (42883): function convert_tz(timestamp, unknown, unknown) does not exist at character 8
SELECT CONVERT_TZ(user_creation_time, 'Europe/Berlin', 'UTC') FROM iam_credential_report ORDER BY arn LIMIT 1;
