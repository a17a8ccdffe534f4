// Reading and writing through the app, against bare node-llama-cpp with each number of threads and
// with its default number, side by side in one run. Rates are tokens per second. Goals for a model
// of 1.1 billion parameters: 0.95 × bare at its best; where the default number is larger than the
// cores, 10 × its writing and 2.5 × its reading.
//
//   node bench/llm.mjs [FILE.gguf] [ROUNDS] [THREADS]
//
// Without a file: the bundled model, which is far smaller. With THREADS both sides use that number
// and nothing else is compared (on a busy machine more than one thread measures the other work).
//
// Each side has a process of its own that keeps its model loaded; they take turns within a round,
// and a ratio is the median of the rounds' ratios, so that other work on the machine hits all sides.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBuilt } from '../scripts/ensureBuilt.mjs'
import { importBuilt, loadAverage, quantile, report } from './harness.mjs'
import { isSide, startSide } from './processes.mjs'

/** @import { Row } from './harness.mjs' */
/** @import { Llm } from '../src/main/llm/llm.ts' */
/** @typedef {{ readonly prompt: number, readonly written: number }} Size Tokens. */
/** @typedef {{ readonly prefill: number, readonly generation: number }} Rates Tokens a second. */

const normal = { prompt: 512, written: 48 }
/** With more threads than cores a token can take seconds. */
const oversubscribed = { prompt: 64, written: 2 }
/** No round begins after this; at least one is done. */
const longestMs = 100_000
const bundled = 'penknife-tiny/penknife-tiny-q8_0.gguf'
/** The bundled model's is no larger. */
const contextSize = 1024
const filler = 'Employees who joined before the spring receive five more days in the second year. '

if (isSide) await serveBare()
else await main()

/** Bare node-llama-cpp: one call evaluates the whole prompt. */
async function serveBare() {
  const { getLlama } = await import('node-llama-cpp')
  const { file, threads } = JSON.parse(process.argv[2] ?? '{}')
  const unlimited = threads === null ? {} : { maxThreads: 0 }
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, ...unlimited })
  const model = await llama.loadModel({ modelPath: file })
  const context = await model.createContext({
    contextSize,
    ...(threads === null ? {} : { threads }),
  })
  const sequence = context.getSequence()
  process.on('message', async (/** @type {Size} */ { prompt, written }) => {
    await sequence.clearHistory()
    const tokens = model.tokenize(filler.repeat(60)).slice(0, prompt)
    const started = performance.now()
    let first = Number.NaN
    let count = 0
    for await (const token of sequence.evaluate(tokens, { yieldEogToken: true })) {
      if (count === 0) first = performance.now()
      count += 1
      if (count > written || token === undefined) break
    }
    const ended = performance.now()
    process.send?.({
      prefill: (prompt * 1000) / (first - started),
      generation: ((count - 1) * 1000) / (ended - first),
    })
  })
  process.send?.('ready')
}

/**
 * @param {string} file
 * @param {number | null} threads null: the default number.
 */
async function startBare(file, threads) {
  const side = await startSide(import.meta.filename, [JSON.stringify({ file, threads })])
  return {
    name: threads === null ? 'bare, default threads' : `bare, threads ${threads}`,
    measure: async (/** @type {Size} */ size) => /** @type {Rates} */ (await side.ask(size)),
    stop: side.stop,
  }
}

/**
 * @param {string} file
 * @param {string} calibrationFile
 * @param {number | null} threads null: measured.
 */
async function startApp(file, calibrationFile, threads) {
  /**
   * @typedef {typeof import('../src/main/processes/forkedHost.ts') &
   *   typeof import('../src/main/llm/hostLlm.ts')} Built
   */
  const { createForkedHosts, createHostLlm } = /** @type {Built} */ (
    await importBuilt(['src/main/processes/forkedHost.ts', 'src/main/llm/hostLlm.ts'])
  )
  const start = createForkedHosts(path.resolve(import.meta.dirname, '../out/main'))
  const llm = createHostLlm({ start, calibrationFile })
  const started = performance.now()
  let measuring = Number.NaN
  const info = await llm.load({ file, contextSize, threads, gpu: false }, (progress) => {
    if (progress.stage === 'measuring') measuring = performance.now()
  })
  const ended = performance.now()
  if (Number.isNaN(measuring)) measuring = ended
  return { llm, info, loadMs: measuring - started, measureMs: ended - measuring }
}

/**
 * The app's whole path: rpc, tokenising, slices, streaming.
 *
 * @param {Llm} llm
 * @param {Size} size
 * @param {string} unique A word that no other round begins with.
 * @returns {Promise<Rates>}
 */
async function measureApp(llm, { prompt, written }, unique) {
  // A first word of its own keeps the sequence from reusing the round before.
  const user = await textOf(llm, `${unique} ${filler.repeat(60)}`, prompt)
  const request = { system: '', history: [], user }
  const started = performance.now()
  let read = started
  for await (const item of llm.generate(request, { maxTokens: written + 1, temperature: 0 })) {
    const now = performance.now()
    if (item.type === 'prefill' && item.done === item.total) read = now
    if (item.type === 'done') {
      const { tokens } = item
      return {
        prefill: ((tokens.prompt - tokens.reused) * 1000) / (read - started),
        generation: ((tokens.generated - 1) * 1000) / (now - read),
      }
    }
  }
  throw new Error('The stream did not end')
}

/**
 * @param {Llm} llm
 * @param {string} text
 * @param {number} tokens
 * @returns as many of its first words as give a prompt of so many tokens at most.
 */
async function textOf(llm, text, tokens) {
  const words = text.split(' ')
  let low = 1
  let high = words.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const candidate = { system: '', history: [], user: words.slice(0, middle).join(' ') }
    if ((await llm.render(candidate)).tokens <= tokens) low = middle
    else high = middle - 1
  }
  return words.slice(0, low).join(' ')
}

async function main() {
  const [given, rounds = '5', only] = process.argv.slice(2)
  const models = path.resolve(import.meta.dirname, '../resources/models')
  const file = given === undefined ? path.join(models, bundled) : path.resolve(given)
  ensureBuilt()
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  const cores = os.availableParallelism()
  const fixed = only === undefined ? null : Number(only)
  const counts = fixed === null ? [...new Set([1, Math.ceil(cores / 2), cores]), null] : [fixed]
  const bare = /** @type {Awaited<ReturnType<typeof startBare>>[]} */ ([])
  for (const threads of counts) bare.push(await startBare(file, threads))
  const app = await startApp(file, path.join(directory, 'calibration.json'), fixed)
  try {
    const results = /** @type {Map<string, Rates[]>} */ (new Map())
    const add = (/** @type {string} */ name, /** @type {Rates} */ result) =>
      results.set(name, [...(results.get(name) ?? []), result])
    const started = performance.now()
    for (let round = 0; round < Number(rounds); round += 1) {
      if (round > 0 && performance.now() - started > longestMs) break
      add('app', await measureApp(app.llm, normal, `R${round}`))
      for (const side of bare) {
        const size = side.name.includes('default') && cores < 4 ? oversubscribed : normal
        add(side.name, await side.measure(size))
      }
    }
    await report('llm', rowsOf(results, app, given === undefined))
  } finally {
    for (const side of bare) side.stop()
    await app.llm.dispose()
    rmSync(directory, { recursive: true })
  }
}

/**
 * @param {ReadonlyMap<string, readonly Rates[]>} results By side, a round each.
 * @param {Awaited<ReturnType<typeof startApp>>} app
 * @param {boolean} isBundled
 */
function rowsOf(results, { info, loadMs, measureMs }, isBundled) {
  const app = results.get('app') ?? []
  /** @type {Row[]} */
  const rows = [
    ['model', `${info.name}${isBundled ? ' (bundled; a FILE.gguf can be given)' : ''}`],
    ['loading, measuring threads, s', `${seconds(loadMs)}, ${seconds(measureMs)}`],
    ['rounds, load average at the end', `${app.length}, ${loadAverage()}`],
  ]
  for (const [name, sides] of results) {
    const rates = `${median(sides, 'prefill')}, ${median(sides, 'generation')}`
    rows.push([`${name}: reading, writing, tokens/s`, rates])
  }
  const counted = [...results].filter(([name]) => /threads \d/.test(name)).map(([, sides]) => sides)
  const fallback = results.get('bare, default threads')
  for (const phase of /** @type {const} */ (['prefill', 'generation'])) {
    const word = phase === 'prefill' ? 'reading' : 'writing'
    const best = app.map((_, round) =>
      Math.max(...counted.map((sides) => sides[round]?.[phase] ?? Number.NaN)),
    )
    const over = (/** @type {readonly number[]} */ others) =>
      quantile(
        app.map((row, round) => row[phase] / (others[round] ?? Number.NaN)),
        0.5,
      ).toFixed(2)
    rows.push([`${word}, app ÷ bare at its best`, over(best)])
    if (fallback === undefined) continue
    const overDefault = over(fallback.map((row) => row[phase]))
    rows.push([`${word}, app ÷ bare with its default`, overDefault])
  }
  return rows
}

/**
 * @param {readonly Rates[]} rounds
 * @param {keyof Rates} phase
 */
function median(rounds, phase) {
  return quantile(
    rounds.map((round) => round[phase]),
    0.5,
  ).toFixed(1)
}

/** @param {number} ms */
function seconds(ms) {
  return (ms / 1000).toFixed(1)
}
