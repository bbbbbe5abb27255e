-- What it sends, taken from: prisma-engines sql-schema-describer/src/mysql.rs
SELECT @@socket;
SELECT @@version, @@GLOBAL.version;
SELECT VERSION();
SELECT @@lower_case_table_names;
select schema_name as schema_name from information_schema.schemata;
SELECT TABLE_NAME AS view_name, VIEW_DEFINITION AS view_sql FROM INFORMATION_SCHEMA.VIEWS WHERE TABLE_SCHEMA = 'aws';
SELECT DISTINCT BINARY table_info.table_name AS table_name, table_info.create_options AS create_options, table_info.table_comment AS table_comment FROM information_schema.tables AS table_info JOIN information_schema.columns AS column_info ON BINARY column_info.table_name = BINARY table_info.table_name WHERE table_info.table_schema = 'aws' AND column_info.table_schema = 'aws' AND table_info.table_type = 'BASE TABLE' ORDER BY BINARY table_info.table_name;
SELECT SUM(data_length + index_length) as size FROM information_schema.TABLES WHERE table_schema = 'aws';
SELECT column_name column_name, data_type data_type, column_type full_data_type, character_maximum_length character_maximum_length, numeric_precision numeric_precision, numeric_scale numeric_scale, datetime_precision datetime_precision, column_default column_default, is_nullable is_nullable, extra extra, table_name table_name, IF(column_comment = '', NULL, column_comment) AS column_comment FROM information_schema.columns WHERE table_schema = 'aws' ORDER BY ordinal_position;
SELECT routine_name AS name, routine_definition AS definition FROM information_schema.routines WHERE ROUTINE_SCHEMA = 'aws' AND ROUTINE_TYPE = 'PROCEDURE';
SELECT table_name AS table_name, index_name AS index_name, column_name AS column_name, sub_part AS partial, seq_in_index AS seq_in_index, collation AS column_order, non_unique AS non_unique, index_type AS index_type FROM INFORMATION_SCHEMA.STATISTICS WHERE table_schema = 'aws' ORDER BY BINARY table_name, BINARY index_name, seq_in_index;
-- refused: Error 1305 (42883): function get_lock(unknown, bigint) does not exist at character 8
SELECT GET_LOCK('prisma_migrate', 10);
SELECT `aws`.`iam_credential_report`.`user` FROM `aws`.`iam_credential_report` WHERE 1=1 ORDER BY `aws`.`iam_credential_report`.`user` ASC LIMIT 10 OFFSET 0;
