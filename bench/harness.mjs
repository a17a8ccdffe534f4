// What the benchmarks share: seeded texts, figures, a table.
import { appendFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const root = path.resolve(import.meta.dirname, '..')
const outDir = path.join(root, 'node_modules/.cache/bench')

/**
 * Builds TypeScript modules of the app for benchmarks.
 *
 * @param {readonly string[]} modules
 */
export async function buildModules(modules) {
  // Not imported at the top: a process whose memory is measured must not load Vite.
  const { build } = await import('vite')
  const input = Object.fromEntries(modules.map((file) => [path.basename(file, '.ts'), file]))
  const rollupOptions = { input }
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { ssr: true, outDir, target: 'node20', minify: false, rollupOptions },
  })
}

/**
 * The exports of modules that were built with `buildModules`, by this process or another.
 *
 * @param {readonly string[]} modules
 * @returns {Promise<object>} The caller casts it to the types of the modules.
 */
export async function importModules(modules) {
  const loaded = {}
  for (const file of modules) {
    const built = path.join(outDir, `${path.basename(file, '.ts')}.js`)
    Object.assign(loaded, await import(pathToFileURL(built).href))
  }
  return loaded
}

/**
 * Builds modules and imports them.
 *
 * @param {readonly string[]} modules
 */
export async function importBuilt(modules) {
  await buildModules(modules)
  return importModules(modules)
}

/**
 * Mulberry32: the same numbers on every machine.
 *
 * @param {number} seed
 */
export function createRandom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const syllables =
  'ba ke lo mi nu ra se ti vo zu pla gre sto fin dor mar len qua hex jy'.split(' ')

/**
 * Words that occur as often as their rank says (Zipf), as in any language.
 *
 * @param {() => number} random
 */
export function createWriter(random, vocabulary = 50_000) {
  const words = Array.from({ length: vocabulary }, (_, index) => {
    let word = ''
    for (let n = index + syllables.length; n > 0; n = Math.floor(n / syllables.length)) {
      word += syllables[n % syllables.length]
    }
    return word
  })
  const rank = () => Math.floor(Math.exp(random() * Math.log(vocabulary))) - 1
  return (/** @type {number} */ count) =>
    Array.from({ length: count }, () => words[rank()]).join(' ')
}

/**
 * Sentences of 8 to 21 words, with a capital letter and a stop.
 *
 * @param {() => number} random
 * @param {(count: number) => string} write
 */
export function createSentences(random, write) {
  return () => {
    const words = write(8 + Math.floor(random() * 14))
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
  }
}

/**
 * @param {readonly number[]} values
 * @param {number} q From 0 to 1.
 * @returns {number} NaN of no values.
 */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

/** @returns the load average of the last minute, as text. */
export function loadAverage() {
  return Number(os.loadavg()[0]).toFixed(1)
}

/** @typedef {readonly [label: string, value: string | number]} Row A line of a report. */

/**
 * Prints rows, and appends them with the machine to the file in BENCH_JSON if there is one.
 *
 * @param {string} name
 * @param {readonly Row[]} rows
 */
export async function report(name, rows) {
  // Not imported at the top, for the same reason.
  const { runnerImport } = await import('vite')
  /** @type {{ module: typeof import('../src/main/llm/processor.ts') }} */
  const { module } = await runnerImport(path.join(root, 'src/main/llm/processor.ts'))
  const machine = {
    processor: await module.describeProcessor(),
    cores: os.availableParallelism(),
    node: process.version,
  }
  process.stdout.write(`${name} (Node ${machine.node})\n  ${machine.processor}\n`)
  for (const [label, value] of rows) process.stdout.write(`  ${label.padEnd(44)} ${value}\n`)
  const file = process.env.BENCH_JSON
  if (file === undefined) return
  appendFileSync(file, `${JSON.stringify({ name, machine, rows: Object.fromEntries(rows) })}\n`)
}
