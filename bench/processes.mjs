// Processes that a benchmark starts: each side of a comparison has one of its own.
import { execFileSync, fork } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Whether this process was started by `runSide`. */
export const isSide = process.send !== undefined

/**
 * Runs a benchmark's file in a process of its own and resolves with what it passes to `answer`.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @returns {Promise<unknown>}
 */
export function runSide(file, args) {
  return new Promise((resolve, reject) => {
    const child = fork(file, args)
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`A side of the benchmark ended with ${code}`)))
  })
}

/**
 * Starts a benchmark's file in a process of its own that answers one question after another: it sends
 * a message once it is ready, and one for each that it is sent.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @returns {Promise<Side>}
 */
export async function startSide(file, args) {
  const child = fork(file, args)
  const next = () =>
    new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('error', reject)
      child.once('exit', () => reject(new Error('A side of the benchmark ended')))
    })
  await next()
  return {
    ask(question) {
      const answered = next()
      child.send(question)
      return answered
    },
    stop: () => child.kill(),
  }
}

/**
 * @typedef {object} Side
 * @property {(question: import('node:child_process').Serializable) => Promise<unknown>} ask
 * @property {() => void} stop
 */

/**
 * Hands a side's result to the benchmark and ends the side.
 *
 * @param {unknown} result
 */
export function answer(result) {
  process.send?.(result, () => process.exit(0))
}

/**
 * Resident memory of a process, in MiB.
 *
 * @param {number} pid
 */
export function memoryOf(pid) {
  const status = `/proc/${pid}/status`
  const kib = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Math.round(Number(kib) / 1024)
}

/**
 * Ids of the running children of a process; none if the system does not list them.
 *
 * @param {number} pid
 */
export function childrenOf(pid) {
  const file = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number)
}
