// Whether input-lookup token prediction (node-llama-cpp's, after Saxena's prompt lookup decoding)
// makes written answers faster: the app's own grounded prompts, answered with and without it.
//
//   node bench/input-lookup.mjs [FILE.gguf] [THREADS]
//
// Both sides share one process and one model and take turns; the prompt is read before the clock
// starts. At temperature 0 both must write the same.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ask, buildApp, openApp } from './app.mjs'
import { quantile, report } from './harness.mjs'

/** @import { LlamaContextSequence, Token, TokenPredictor } from 'node-llama-cpp' */
/** @import { Row } from './harness.mjs' */

const questions = 12
const written = 64
/** Tokens that must match before any is guessed, and tokens guessed at once; the default first. */
const variants = [
  { agreeing: 1, guessed: 3 },
  { agreeing: 3, guessed: 3 },
  { agreeing: 3, guessed: 8 },
]
const ladder = path.resolve(import.meta.dirname, 'ladder')
const bundled = 'resources/models/penknife-tiny/penknife-tiny-q8_0.gguf'

const [given, threads = '1'] = process.argv.slice(2)
const file = path.resolve(import.meta.dirname, '..', given ?? bundled)
const prompts = await groundedPrompts()
const { getLlama, InputLookupTokenPredictor } = await import('node-llama-cpp')
const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 0 })
const model = await llama.loadModel({ modelPath: file })
const rows = /** @type {Row[]} */ ([])
for (const variant of variants) rows.push(...(await compare(variant)))
await report('input-lookup', [
  ['model, threads', `${path.basename(file)}, ${threads}`],
  [
    'prompts, tokens of the median one',
    `${prompts.length}, ${quantile(prompts.map(tokenCount), 0.5)}`,
  ],
  ...rows,
])
await llama.dispose()

/** What the app asks a model that writes, over the documents of the ladder. */
async function groundedPrompts() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  await buildApp()
  const { app } = await openApp(path.join(directory, 'data'))
  try {
    await app.library.import([{ path: path.join(ladder, 'documents') }], null)
    await app.library.idle()
    const lines = readFileSync(path.join(ladder, 'rows.csv'), 'utf8').split('\n').slice(1)
    const found = /** @type {string[]} */ ([])
    for (const line of lines) {
      if (found.length >= questions) break
      const { turn } = await ask(app, line.slice(0, line.indexOf('?') + 1))
      const prompt = turn.answer?.prompt ?? null
      if (prompt !== null) found.push(prompt)
    }
    return found
  } finally {
    await app.dispose()
    rmSync(directory, { recursive: true, force: true })
  }
}

/**
 * @param {(typeof variants)[number]} variant
 * @returns {Promise<Row[]>}
 */
async function compare({ agreeing, guessed }) {
  const predictor = new InputLookupTokenPredictor({
    patternLength: { min: agreeing },
    predictionLength: { max: guessed },
  })
  const plain = await open()
  const guessing = await open(predictor)
  const ratios = /** @type {number[]} */ ([])
  const rates = { plain: /** @type {number[]} */ ([]), guessing: /** @type {number[]} */ ([]) }
  let same = 0
  let made = 0
  for (const [index, prompt] of prompts.entries()) {
    const tokens = model.tokenize(prompt, true)
    const plainFirst = index % 2 === 0 ? await write(plain, tokens) : null
    predictor.updateInputTokens(tokens)
    const withGuesses = await write(guessing, tokens)
    const without = plainFirst ?? (await write(plain, tokens))
    rates.plain.push(without.rate)
    rates.guessing.push(withGuesses.rate)
    ratios.push(withGuesses.rate / without.rate)
    made += withGuesses.tokens.length
    if (without.tokens.join() === withGuesses.tokens.join()) same += 1
  }
  const { validated, refuted } = guessing.tokenPredictions
  await plain.context.dispose()
  await guessing.context.dispose()
  const label = `up to ${guessed} after ${agreeing}`
  return [
    [
      `${label}: tokens a second without, with`,
      `${median(rates.plain)}, ${median(rates.guessing)}`,
    ],
    [`${label}: with ÷ without, median`, median(ratios)],
    [`${label}: accepted, refuted, of tokens written`, `${validated}, ${refuted}, ${made}`],
    [`${label}: answers alike`, `${same} of ${prompts.length}`],
  ]
}

/** @param {TokenPredictor} [tokenPredictor] */
async function open(tokenPredictor) {
  const context = await model.createContext({
    contextSize: Math.min(2048, model.trainContextSize),
    threads: Number(threads),
  })
  return context.getSequence(tokenPredictor === undefined ? {} : { tokenPredictor })
}

/**
 * Writes to the end of the answer or `written` tokens.
 *
 * @param {LlamaContextSequence} sequence
 * @param {readonly Token[]} tokens
 */
async function write(sequence, tokens) {
  await sequence.clearHistory()
  await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(0, -1))
  const made = /** @type {Token[]} */ ([])
  const started = performance.now()
  const options = { temperature: 0, yieldEogToken: true }
  for await (const token of sequence.evaluate(tokens.slice(-1), options)) {
    made.push(token)
    if (model.isEogToken(token) || made.length >= written) break
  }
  return { tokens: made, rate: (made.length * 1000) / (performance.now() - started) }
}

/** @param {string} prompt */
function tokenCount(prompt) {
  return model.tokenize(prompt, true).length
}

/** @param {readonly number[]} values */
function median(values) {
  return quantile(values, 0.5).toFixed(2)
}
