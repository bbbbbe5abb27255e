// DuckDB as a process that answers: a line of JSON in, {"sql": …} or {"rows": …}, a line of JSON out.
//   {"load": GLOB}  loads report files into a typed table r, and says how long it took
//   {"sql": TEXT}   runs a query, its rows fetched but not converted, and says how long it took
//   {"rows": TEXT}  runs a query and gives its rows
// With the argument "processor" it counts the processor time of all its threads instead of the time that passes.
import { createInterface } from 'readline';
import { DuckDBInstance } from '@duckdb/node-api';

const bools = ['password_enabled', 'mfa_active', 'access_key_1_active', 'access_key_2_active', 'cert_1_active', 'cert_2_active'];
const texts = ['user', 'arn', 'access_key_1_last_used_region', 'access_key_1_last_used_service', 'access_key_2_last_used_region', 'access_key_2_last_used_service'];
const header = 'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
const typeOf = c => bools.includes(c) ? 'BOOLEAN' : texts.includes(c) ? 'VARCHAR' : 'TIMESTAMPTZ';
const columns = header.split(',').map(c => `'${c}':'${typeOf(c)}'`).join(',');
const others = header.split(',').filter(c => c !== 'user').join(', ');
const source = glob => `SELECT "user" AS user_name, split_part(arn, ':', 5) AS account_id, ${others} FROM read_csv('${glob}', header=true, ` +
  `auto_detect=false, delim=',', quote='"', nullstr=['N/A','no_information','not_supported'], columns={${columns}})`;

const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run("SET TimeZone='UTC'");
await connection.run('SET threads=2');
const wall = () => Number(process.hrtime.bigint()) / 1e6;
const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e3; };
const ms = process.argv[2] === 'processor' ? used : wall;

async function answer({ load, sql, rows }) {
  const start = ms();
  if (load) {
    await connection.run(`CREATE OR REPLACE TABLE r AS ${source(load)}`);
    return { ms: ms() - start, version: (await connection.runAndReadAll('SELECT version()')).getRows()[0][0] };
  }
  if (rows) {
    return { rows: (await connection.runAndReadAll(rows)).getRowsJson() };
  }
  const result = await connection.run(sql);
  let n = 0;
  for (let chunk; (chunk = await result.fetchChunk()) && chunk.rowCount > 0;) n += chunk.rowCount;
  return { ms: ms() - start, count: n };
}

for await (const line of createInterface({ input: process.stdin })) {
  let out;
  try {
    out = await answer(JSON.parse(line));
  } catch (e) {
    out = { error: String(e) };
  }
  process.stdout.write(JSON.stringify(out, (_, v) => typeof v === 'bigint' ? String(v) : v) + '\n');
}
