// mysql2, with its promises.
'use strict'

const fs = require('node:fs')
const mysql = require('mysql2/promise')
const { Types } = require('mysql2')
const { value, cell, settled, inTurn, pause, serve } = require('./protocol')

const options = (to, more) => ({
  host: to.host, port: to.port, user: to.user, password: to.password, database: to.database, timezone: 'Z', supportBigNumbers: true,
  rowsAsArray: true, ssl: to.tls ? { ca: fs.readFileSync(to.ca) } : undefined, ...more
})

const result = ([rows, fields]) => Array.isArray(rows)
  ? { columns: fields.map(f => f.name), types: fields.map(f => Types[f.columnType]), rows: rows.map(row => row.map(cell)) }
  : { columns: [], types: [], rows: [] }

const attempt = query => settled(query.then(result))

const using = async (request, use, more) => {
  const connection = await mysql.createConnection(options(request.to, more))
  connection.on('error', () => {}) // of one that the test has broken
  try {
    return await use(connection)
  } finally {
    connection.destroy()
  }
}

serve({
  version: () => ({ value: require('mysql2/package.json').version }),

  text: request => using(request, c => inTurn(request.sqls, sql => attempt(c.query(sql)))),

  prepared: request => using(request, c => inTurn(request.runs, run => attempt(c.execute(request.sql, run.map(value))))),

  escaped: request => using(request, c => inTurn(request.runs, run => attempt(c.query(request.sql, run.map(value))))),

  multi: request => using(request, async c => {
    const [rows, fields] = await c.query(request.sql)
    return { results: rows.map((r, i) => result([r, fields[i]])) }
  }, { multipleStatements: true }),

  stream: request => using(request, async c => {
    let count = 0
    let sum = 0
    for await (const row of c.connection.query(request.sql).stream()) {
      count++
      sum += Number(row[0])
    }
    return { count, sum: String(sum) }
  }),

  kill: request => using(request, c => using(request, async other => {
    const [[[number]]] = await c.query('SELECT connection_id()')
    const running = attempt(c.query(request.sql))
    await pause(1000)
    await other.query('KILL QUERY ' + number)
    return { results: [await running, await attempt(c.query('SELECT 1'))] }
  })),

  timeout: request => using(request, async c => ({ results: [await attempt(c.query({ sql: request.sql, timeout: 1000 }))] })),

  drop: request => using(request, async c => {
    c.query(request.sql).catch(() => {})
    await pause(1000)
    c.destroy()
    return { results: [] }
  }),

  session: request => using(request, async c => {
    const out = {}
    await c.ping()
    out.ping = 'ok'
    await c.query('SET @a = 1')
    await c.reset()
    const [[[a]]] = await c.query('SELECT @a')
    out.reset = String(a)
    await c.changeUser(request.other)
    const [[[user, database]]] = await c.query('SELECT USER(), DATABASE()')
    Object.assign(out, { user, database })
    return { session: out }
  }),

  pool: async request => {
    const pool = mysql.createPool(options(request.to, { connectionLimit: 3 }))
    const results = await Promise.all(request.sqls.map(sql => attempt(pool.query(sql))))
    await pool.end()
    return { results }
  }
})
