// mysql, the library that mysql2 has taken over from and that many programs still use. It knows mysql_native_password alone.
'use strict'

const fs = require('node:fs')
const mysql = require('mysql')
const { value, cell, settled, calling, inTurn, pause, serve } = require('./protocol')

const options = (to, more) => ({
  host: to.host, port: to.port, user: to.user, password: to.password, database: to.database, timezone: 'Z', supportBigNumbers: true,
  ssl: to.tls ? { ca: fs.readFileSync(to.ca) } : undefined, ...more
})

const result = (rows, fields) => Array.isArray(rows)
  ? { columns: fields.map(f => f.name), types: fields.map(f => mysql.Types[f.type]), rows: rows.map(row => fields.map(f => cell(row[f.name]))) }
  : { columns: [], types: [], rows: [] }

const attempt = (c, ...query) => settled(calling(done => c.query(...query, done)).then(([rows, fields]) => result(rows, fields)))

const using = async (request, use, more) => {
  const connection = mysql.createConnection(options(request.to, more))
  connection.on('error', () => {}) // of one that the test has broken
  try {
    await calling(done => connection.connect(done))
    return await use(connection)
  } finally {
    connection.destroy()
  }
}

serve({
  version: () => ({ value: require('mysql/package.json').version }),

  text: request => using(request, c => inTurn(request.sqls, sql => attempt(c, sql))),

  escaped: request => using(request, c => inTurn(request.runs, run => attempt(c, request.sql, run.map(value)))),

  multi: request => using(request, async c => {
    const [rows, fields] = await calling(done => c.query(request.sql, done))
    return { results: rows.map((r, i) => result(r, fields[i])) }
  }, { multipleStatements: true }),

  stream: request => using(request, async c => {
    let count = 0
    let sum = 0
    await new Promise((resolve, reject) => c.query(request.sql).on('error', reject).on('end', resolve).on('result', row => {
      count++
      sum += Number(Object.values(row)[0])
    }))
    return { count, sum: String(sum) }
  }),

  kill: request => using(request, c => using(request, async other => {
    const running = attempt(c, request.sql)
    await pause(1000)
    await calling(done => other.query('KILL QUERY ' + c.threadId, done))
    return { results: [await running, await attempt(c, 'SELECT 1')] }
  })),

  timeout: request => using(request, async c => ({ results: [await attempt(c, { sql: request.sql, timeout: 1000 })] })),

  drop: request => using(request, async c => {
    c.query(request.sql, () => {})
    await pause(1000)
    c.destroy()
    return { results: [] }
  }),

  session: request => using(request, async c => {
    const out = {}
    await calling(done => c.ping(done))
    out.ping = 'ok'
    const [statistics] = await calling(done => c.statistics(done))
    out.statistics = statistics.message
    await calling(done => c.changeUser(request.other, done))
    const [rows] = await calling(done => c.query('SELECT USER() AS u, DATABASE() AS d', done))
    return { session: { ...out, user: rows[0].u, database: rows[0].d } }
  }),

  pool: async request => {
    const pool = mysql.createPool(options(request.to, { connectionLimit: 3 }))
    const results = await Promise.all(request.sqls.map(sql => attempt(pool, sql)))
    await calling(done => pool.end(done))
    return { results }
  }
})
