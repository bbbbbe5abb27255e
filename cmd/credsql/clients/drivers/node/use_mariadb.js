// mariadb, MariaDB's own library.
'use strict'

const fs = require('node:fs')
const mariadb = require('mariadb')
const { value, cell, settled, inTurn, pause, serve } = require('./protocol')

const options = (to, more) => ({
  host: to.host, port: to.port, user: to.user, password: to.password, database: to.database, allowPublicKeyRetrieval: true, rowsAsArray: true,
  // Its Dates are of the local zone, whatever `timezone` says.
  dateStrings: true,
  ssl: to.tls ? { ca: fs.readFileSync(to.ca) } : false, ...more
})

// It sends Dates as moments of the local zone as well.
const sent = param => ['date', 'datetime'].includes(param.type) ? param.value : value(param)

const result = rows => rows.meta
  ? { columns: rows.meta.map(m => m.name()), types: rows.meta.map(m => m.type), rows: Array.from(rows, row => row.map(cell)) }
  : { columns: [], types: [], rows: [] }

const attempt = query => settled(query.then(result))

const using = async (request, use, more) => {
  const connection = await mariadb.createConnection(options(request.to, more))
  connection.on('error', () => {}) // of one that the test has broken
  try {
    return await use(connection)
  } finally {
    connection.destroy()
  }
}

serve({
  version: () => ({ value: mariadb.version }),

  text: request => using(request, c => inTurn(request.sqls, sql => attempt(c.query(sql)))),

  prepared: request => using(request, c => inTurn(request.runs, run => attempt(c.execute(request.sql, run.map(sent))))),

  escaped: request => using(request, c => inTurn(request.runs, run => attempt(c.query(request.sql, run.map(sent))))),

  multi: request => using(request, async c => ({ results: (await c.query(request.sql)).map(result) }), { multipleStatements: true }),

  stream: request => using(request, async c => {
    let count = 0
    let sum = 0n
    for await (const row of c.queryStream(request.sql)) {
      count++
      sum += BigInt(row[0])
    }
    return { count, sum: String(sum) }
  }),

  kill: request => using(request, c => using(request, async other => {
    const running = attempt(c.query(request.sql))
    await pause(1000)
    await other.query('KILL QUERY ' + c.threadId)
    return { results: [await running, await attempt(c.query('SELECT 1'))] }
  })),

  drop: request => using(request, async c => {
    c.query(request.sql).catch(() => {})
    await pause(1000)
    c.destroy()
    return { results: [] }
  }),

  session: request => using(request, async c => {
    const out = { server: c.serverVersion() }
    await c.ping()
    out.ping = 'ok'
    await c.query('SET @a = 1')
    await c.reset()
    const [[a]] = await c.query('SELECT @a')
    out.reset = String(a)
    const [[database]] = await c.query('SELECT DATABASE()') // it changes users of MariaDB's servers only
    return { session: { ...out, database } }
  }),

  pool: async request => {
    const pool = mariadb.createPool(options(request.to, { connectionLimit: 3, resetAfterUse: true }))
    const results = await Promise.all(request.sqls.map(sql => attempt(pool.query(sql))))
    await pool.end()
    return { results }
  }
})
