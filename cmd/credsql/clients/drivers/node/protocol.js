// Answers the test's requests, a JSON line each, with what a client library does; see ../README.md for the requests and answers.
'use strict'

const readline = require('node:readline')

// The JavaScript value of a parameter.
const values = {
  null: () => null,
  bool: text => text === 'true',
  int: text => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)),
  float: Number,
  decimal: text => text,
  text: text => text,
  bytes: text => Buffer.from(text),
  datetime: text => new Date(text.replace(' ', 'T') + 'Z'),
  date: text => new Date(text + 'T00:00:00Z'),
  time: text => text
}

exports.value = param => values[param.type](param.value)

// A value of a row as its kind and its text.
exports.cell = v => {
  if (v === null) return ['null', '']
  if (typeof v === 'boolean') return ['bool', String(v)]
  if (typeof v === 'bigint') return ['bigint', String(v)]
  if (typeof v === 'number') return [Number.isInteger(v) ? 'int' : 'float', String(v)]
  if (typeof v === 'string') return ['text', v]
  if (Buffer.isBuffer(v)) return ['bytes', v.toString()]
  if (v instanceof Date) return ['milliseconds', v.toISOString()]
  return ['json', JSON.stringify(v)]
}

exports.failure = error => ({ error: { code: error.errno || 0, message: error.sqlMessage || error.message } })

exports.settled = promise => promise.catch(exports.failure)

// A promise of what a library that takes a callback gives.
exports.calling = start => new Promise((resolve, reject) => start((error, ...rest) => (error ? reject(error) : resolve(rest))))

// The answer to each request of a list, on one connection.
exports.inTurn = async (list, ask) => {
  const results = []
  for (const item of list) results.push(await ask(item))
  return { results }
}

exports.pause = ms => new Promise(resolve => setTimeout(resolve, ms))

// Answers until the input ends.
exports.serve = async client => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line)
    const answer = await exports.settled((async () => client[request.op](request))())
    process.stdout.write(JSON.stringify(answer) + '\n')
  }
  process.exit(0)
}
