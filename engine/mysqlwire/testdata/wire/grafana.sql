-- What it sends, taken from: grafana mySqlMetaQuery.ts
SELECT 1;
SET SESSION time_zone='+00:00';
SELECT DISTINCT TABLE_SCHEMA from information_schema.TABLES where TABLE_TYPE != 'SYSTEM VIEW' ORDER BY TABLE_SCHEMA;
SELECT table_name FROM information_schema.tables WHERE table_schema = 'aws' ORDER BY table_name;
SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'aws' AND table_name = 'iam_credential_report' AND data_type IN ('timestamp','datetime','bigint','int','double','float') ORDER BY column_name;
SELECT UNIX_TIMESTAMP(user_creation_time) DIV 3600 * 3600 AS "time", count(*) AS value FROM iam_credential_report WHERE user_creation_time BETWEEN FROM_UNIXTIME(1600000000) AND FROM_UNIXTIME(1900000000) GROUP BY 1 ORDER BY 1;
SELECT cast(cast(UNIX_TIMESTAMP(user_creation_time)/(300) as signed)*300 as signed) AS time_sec, count(*) FROM iam_credential_report GROUP BY 1;
