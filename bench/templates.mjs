// Rows of two templates with four examples (a reply of two fields, and of one label), through the
// app as the window runs them (with journal and scores) against a naive loop:
// bare node-llama-cpp, a fresh context a row, the same prompts, grammar, model and number of
// threads. Goals: 3 × as many rows a minute, and no more prompt tokens evaluated than 1.05 × (the
// shared prefix once + the rows' own tokens). Only reading is saved: the more tokens a reply
// has, the closer the two are.
//
//   node bench/templates.mjs [FILE.gguf] [ROWS]
//
// The two sides take turns, some rows each, so that other work on the machine hits both alike.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp, openApp } from './app.mjs'
import { tokenizePrompt } from './chatPrompt.mjs'
import { createRandom, importModules, loadAverage, report } from './harness.mjs'
import { isSide, startSide } from './processes.mjs'
import { readStarter, withOneLabel } from './starterTemplate.mjs'

/** @import { LlamaGrammar, Token } from 'node-llama-cpp' */
/** @import { App } from '../src/main/app.ts' */
/** @import { Template } from '../src/shared/domain/template/template.ts' */
/** @import { RowResult, RunSummary } from '../src/shared/domain/testRun/run.ts' */
/** @import { Row } from './harness.mjs' */
/** @import { Side } from './processes.mjs' */
/**
 * @typedef {import('./starterTemplate.mjs').Importing &
 *   typeof import('../src/shared/domain/template/renderTemplate.ts') &
 *   typeof import('../src/shared/domain/template/grammar.ts')} Built
 */
/** @typedef {{ readonly system: string, readonly user: string }} Prompt */
/**
 * @typedef {object} Work
 * @property {readonly Prompt[]} prompts
 * @property {string} gbnf
 * @property {number} maxTokens
 */
/**
 * @typedef {object} NaiveTurn
 * @property {number} ms
 * @property {readonly string[]} replies
 * @property {readonly (readonly Token[])[]} tokens Of each prompt.
 */
/** @typedef {{ readonly ms: number, readonly results: readonly RowResult[] }} AppTurn */

const turns = 2
const modules = [
  'src/main/templates/store/importTemplate.ts',
  'src/shared/domain/template/renderTemplate.ts',
  'src/shared/domain/template/grammar.ts',
]

if (isSide) await serveNaive()
else await main()

/** Bare node-llama-cpp: only the model is shared, all else is made for each prompt. */
async function serveNaive() {
  const { getLlama, LlamaGrammarEvaluationState, resolveChatWrapper } =
    await import('node-llama-cpp')
  const { file, threads, contextSize } = JSON.parse(process.argv[2] ?? '{}')
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true })
  const model = await llama.loadModel({ modelPath: file })

  const chat = resolveChatWrapper(model)

  /**
   * @param {Token[]} prompt
   * @param {LlamaGrammar} grammar
   * @param {number} maxTokens
   */
  async function answer(prompt, grammar, maxTokens) {
    const context = await model.createContext({ contextSize, threads })
    const written = /** @type {Token[]} */ ([])
    const evaluation = context.getSequence().evaluate(prompt, {
      temperature: 0,
      yieldEogToken: true,
      grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }),
    })
    for await (const token of evaluation) {
      if (model.isEogToken(token)) break
      written.push(token)
      if (written.length >= maxTokens) break
    }
    await context.dispose()
    return model.detokenize(written)
  }

  process.on('message', async (/** @type {Work} */ { prompts, gbnf, maxTokens }) => {
    const grammar = await llama.createGrammar({ grammar: gbnf })
    const tokens = /** @type {Token[][]} */ ([])
    const replies = /** @type {string[]} */ ([])
    const started = performance.now()
    for (const prompt of prompts) {
      const read = tokenizePrompt(model, chat, prompt)
      tokens.push(read)
      replies.push(await answer(read, grammar, maxTokens))
    }
    process.send?.({ ms: performance.now() - started, replies, tokens })
  })
  process.send?.('ready')
}

async function main() {
  const [given, rows = '40'] = process.argv.slice(2)
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  await buildApp(modules)
  const overrides = given === undefined ? {} : { modelFile: path.resolve(given) }
  const { app } = await openApp(path.join(directory, 'data'), overrides)
  let naive = /** @type {Side | undefined} */ (undefined)
  try {
    const built = /** @type {Built} */ (await importModules(modules))
    const info = await app.models.ready(new AbortController().signal)
    if (info === null) throw new Error('There is no model to answer with')
    const { file, threads, contextSize } = info
    naive = await startSide(import.meta.filename, [JSON.stringify({ file, threads, contextSize })])
    const inputs = madeInputs(Number(rows))
    const measured = /** @type {Row[]} */ ([])
    const starter = readStarter(built)
    for (const template of [starter, withOneLabel(starter)]) {
      measured.push(...(await measure({ app, naive, built, template, inputs })))
    }
    await report('templates', [
      ['model', `${info.name}${given === undefined ? ' (bundled; a FILE.gguf can be given)' : ''}`],
      ['threads, load average at the end', `${threads}, ${loadAverage()}`],
      ...measured,
    ])
  } finally {
    naive?.stop()
    await app.dispose()
    rmSync(directory, { recursive: true, force: true })
  }
}

/**
 * @param {{ app: App, naive: Side, built: Built, template: Template, inputs: readonly string[] }} run
 * @returns {Promise<Row[]>}
 */
async function measure({ app, naive, built, template, inputs }) {
  const { examples, decoding, format } = template
  const { maxTokens } = decoding
  const gbnf = built.grammarOf(format)
  if (gbnf === null) throw new Error('The template has no grammar')
  const id = await app.templates.store.createSaved(template)
  const size = Math.ceil(inputs.length / turns)
  const appTurns = /** @type {AppTurn[]} */ ([])
  const naiveTurns = /** @type {NaiveTurn[]} */ ([])
  for (let from = 0; from < inputs.length; from += size) {
    const own = inputs.slice(from, from + size)
    const prompts = own.map((INPUT) =>
      built.renderTemplate({ template, examples, sources: [], values: { INPUT } }),
    )
    appTurns.push(await runInApp(app, id, own))
    // Without the texts of the pieces, of which the other side needs none.
    const work = { prompts: prompts.map(({ system, user }) => ({ system, user })), gbnf, maxTokens }
    naiveTurns.push(/** @type {NaiveTurn} */ (await naive.ask(work)))
  }
  return rowsOf(appTurns, naiveTurns).map(([label, value]) => [`${template.name}: ${label}`, value])
}

/**
 * Short reviews, the same on every machine.
 *
 * @param {number} count
 */
function madeInputs(count) {
  const random = createRandom(4)
  const one = (/** @type {readonly string[]} */ words) => words[Math.floor(random() * words.length)]
  const what = ['soup', 'room', 'haircut', 'tent', 'guide', 'piano', 'repair', 'bicycle', 'cake']
  const how = ['was better than we hoped', 'came late', 'was as described', 'broke on the way']
  const then = ['nobody said sorry', 'the owner waved us off', 'we paid what it said', 'it rained']
  return Array.from(
    { length: count },
    (_, index) => `Visit ${index + 1}: the ${one(what)} ${one(how)}, and ${one(then)}.`,
  )
}

/**
 * A run from its start to its end.
 *
 * @param {App} app
 * @param {string} id Of the template.
 * @param {readonly string[]} inputs
 * @returns {Promise<AppTurn>}
 */
async function runInApp({ handlers }, id, inputs) {
  const context = { signal: new AbortController().signal }
  const { testRuns } = handlers
  const { id: testSet } = await testRuns.createTestSet({ template: id, name: 'Rows' }, context)
  for (const [index, INPUT] of inputs.entries()) {
    const row = { id: `r${index}`, values: { INPUT }, expected: null, included: true }
    await testRuns.putRow({ testSet, row }, context)
  }
  /** @type {import('../src/shared/domain/testRun/arm.ts').RunPlan} */
  const plan = { kind: 'test', versions: [1], method: 'generate' }
  const started = performance.now()
  /** @type {Promise<RunSummary>} */
  const ended = new Promise((resolve) => {
    const stop = testRuns.changed((summary) => {
      if (!['done', 'paused'].includes(summary.status)) return
      stop()
      resolve(summary)
    })
  })
  const { record } = await testRuns.start({ template: id, testSet, plan }, context)
  const { failed, done } = await ended
  const ms = performance.now() - started
  if (failed > 0 || done !== inputs.length) throw new Error('Not every row was answered')
  const { results } = await testRuns.results(
    {
      run: record.id,
      arm: 'version-1',
      filter: { kind: 'all' },
      sort: 'row',
      from: 0,
      count: 500,
    },
    context,
  )
  return { ms, results: results.map(({ result }) => result) }
}

/**
 * @param {readonly AppTurn[]} app
 * @param {readonly NaiveTurn[]} naive
 * @returns {Row[]}
 */
function rowsOf(app, naive) {
  const results = app.flatMap((turn) => turn.results)
  const prompts = naive.flatMap(({ tokens }) => tokens)
  const replies = naive.flatMap((turn) => turn.replies)
  const sum = (/** @type {readonly number[]} */ values) =>
    values.reduce((total, value) => total + value, 0)
  const perMinute = (/** @type {readonly { readonly ms: number }[]} */ sides) =>
    (results.length * 60_000) / sum(sides.map(({ ms }) => ms))
  const prefix = sharedLength(prompts)
  const own = sum(prompts.map(({ length }) => length - prefix))
  const evaluated = sum(results.map(({ tokens }) => tokens.prompt - tokens.reused))
  if (sum(results.map(({ tokens }) => tokens.prompt)) !== sum(prompts.map((p) => p.length))) {
    throw new Error('The two sides do not read the same prompts')
  }
  const alike = results.filter(({ reply }, index) => reply.trim() === replies[index]?.trim()).length
  return [
    [
      'rows; shared, own tokens',
      `${results.length}; ${prefix}, ${(own / results.length).toFixed(1)}`,
    ],
    ['replies alike', alike],
    [
      'tokens written a row',
      (sum(results.map(({ tokens }) => tokens.generated)) / results.length).toFixed(1),
    ],
    ['a minute: app, loop', `${perMinute(app).toFixed(0)}, ${perMinute(naive).toFixed(0)}`],
    ['app ÷ loop', (perMinute(app) / perMinute(naive)).toFixed(2)],
    ['evaluated ÷ (shared + own)', (evaluated / (prefix + own)).toFixed(3)],
  ]
}

/**
 * How many tokens all of them begin with.
 *
 * @param {readonly (readonly Token[])[]} prompts
 */
function sharedLength([first = [], ...others]) {
  let length = 0
  while (length < first.length && others.every((one) => one[length] === first[length])) length += 1
  return length
}
