-- MySQL Connector/J 26, its prepared statements written into the text: a boolean is 0 or 1, and a string with quotes is hexadecimal.
SELECT count(*) AS n FROM aws.iam_credential_report WHERE mfa_active = 1;
SELECT count(*) AS n FROM aws.iam_credential_report WHERE mfa_active <> 0 AND account_id IN ('314159265062');
SELECT count(*) AS n FROM aws.iam_credential_report WHERE mfa_active IN (0, 1);
SELECT user FROM aws.iam_credential_report WHERE user = x'4F27427269656E' OR account_id = '314159265062' ORDER BY user LIMIT 3;
SELECT x'4F27427269656E' AS v, length(X'c3a92727') AS n;
SELECT `user` FROM `aws`.`iam_credential_report` WHERE `user` = x'4F27427269656E';
-- refused: Error 1305 (42883): operator does not exist: bigint = varchar at character 10; hint: There is: bigint = bigint; varchar = varchar. Or convert an operand with CAST(… AS type).
SELECT 1 = x'31' AS n;
-- refused: Error 1235 (0A000): a bit string is not supported at character 8
SELECT x'ff' AS v;
SET @a = 1;
SELECT @a AS a;
SELECT @never AS a;
