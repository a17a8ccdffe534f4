// Rows of two templates with four examples (a reply of two fields, and of one label), through the
// app as the window runs them (journal, scores and all) against the loop that comes to mind first:
// bare node-llama-cpp, a fresh context a row, the same prompts, grammar, model and number of
// threads. Goals: 3 × as many rows a minute, and no more prompt tokens evaluated than 1.05 × (what
// all prompts share, once + what is each row's own). Only reading is saved: the more tokens a reply
// has, the nearer the two come to one another.
//
//   node bench/templates.mjs [FILE.gguf] [ROWS]
//
// The two sides take turns, some rows each, so that other work on the machine hits both alike.
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp, openApp } from './app.mjs'
import { createRandom, importModules, report } from './harness.mjs'

const turns = 2
const starter = path.resolve(import.meta.dirname, '../resources/templates/1-review.json')
const modules = [
  'src/main/templates/store/importTemplate.ts',
  'src/shared/domain/template/renderTemplate.ts',
  'src/shared/domain/template/grammar.ts',
]

if (process.send !== undefined) await serveNaive()
else await main()

/** Bare node-llama-cpp: everything anew for each prompt but the model itself. */
async function serveNaive() {
  const { getLlama, LlamaGrammarEvaluationState, resolveChatWrapper } =
    await import('node-llama-cpp')
  const { file, threads, contextSize } = JSON.parse(process.argv[2] ?? '{}')
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true })
  const model = await llama.loadModel({ modelPath: file })

  const chat = resolveChatWrapper(model)

  function tokenize({ system, user }) {
    const chatHistory = [
      { type: 'system', text: system },
      { type: 'user', text: user },
      { type: 'model', response: [] },
    ]
    return chat.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer)
  }

  async function answer(prompt, grammar, maxTokens) {
    const context = await model.createContext({ contextSize, threads })
    const written = []
    const evaluation = context.getSequence().evaluate(tokenize(prompt), {
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

  process.on('message', async ({ prompts, gbnf, maxTokens }) => {
    const grammar = await llama.createGrammar({ grammar: gbnf })
    const replies = []
    const started = performance.now()
    for (const prompt of prompts) {
      replies.push(await answer(prompt, grammar, maxTokens))
    }
    const ms = performance.now() - started
    process.send({ ms, replies, tokens: prompts.map(tokenize) })
  })
  process.send('ready')
}

async function startNaive(options) {
  const child = fork(import.meta.filename, [JSON.stringify(options)])
  const next = () =>
    new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', () => reject(new Error('The bare process ended')))
    })
  await next()
  return {
    answer(work) {
      const answered = next()
      child.send(work)
      return answered
    },
    stop: () => child.kill(),
  }
}

async function main() {
  const [given, rows = '40'] = process.argv.slice(2)
  const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
  await buildApp(modules)
  const overrides = given === undefined ? {} : { modelFile: path.resolve(given) }
  const { app } = await openApp(path.join(directory, 'data'), overrides)
  let naive
  try {
    const built = await importModules(modules)
    const info = await app.models.ready(new AbortController().signal)
    const { file, threads, contextSize } = info
    naive = await startNaive({ file, threads, contextSize })
    const inputs = madeInputs(Number(rows))
    const measured = []
    for (const template of templates(built)) {
      measured.push(...(await measure({ app, naive, built, template, inputs })))
    }
    await report('templates', [
      ['model', `${info.name}${given === undefined ? ' (bundled; a FILE.gguf can be given)' : ''}`],
      ['threads, load average at the end', `${threads}, ${os.loadavg()[0].toFixed(1)}`],
      ...measured,
    ])
  } finally {
    naive?.stop()
    await app.dispose()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The starter, which answers with two fields, and the same with its label alone. */
function templates({ importTemplate }) {
  const read = (made) =>
    importTemplate({ name: path.basename(starter), text: JSON.stringify(made) })
  const two = JSON.parse(readFileSync(starter, 'utf8'))
  const [{ name, type }] = two.format.fields
  const examples = two.examples.map((one) => ({ ...one, output: JSON.parse(one.output)[name] }))
  return [read(two), read({ ...two, name: 'One label', format: type, examples })]
}

async function measure({ app, naive, built, template, inputs }) {
  const { examples, decoding, format } = template
  const { maxTokens } = decoding
  const gbnf = built.grammarOf(format)
  const id = await app.templates.store.createSaved(template)
  const size = Math.ceil(inputs.length / turns)
  const sides = { app: [], naive: [] }
  for (let from = 0; from < inputs.length; from += size) {
    const own = inputs.slice(from, from + size)
    const prompts = own.map((INPUT) =>
      built.renderTemplate({ template, examples, sources: [], values: { INPUT } }),
    )
    sides.app.push(await runInApp(app, id, own))
    sides.naive.push(await naive.answer({ prompts, gbnf, maxTokens }))
  }
  return rowsOf(sides).map(([label, value]) => [`${template.name}: ${label}`, value])
}

/** Short reviews, the same on every machine. */
function madeInputs(count) {
  const random = createRandom(4)
  const one = (words) => words[Math.floor(random() * words.length)]
  const what = ['soup', 'room', 'haircut', 'tent', 'guide', 'piano', 'repair', 'bicycle', 'cake']
  const how = ['was better than we hoped', 'came late', 'was as described', 'broke on the way']
  const then = ['nobody said sorry', 'the owner waved us off', 'we paid what it said', 'it rained']
  return Array.from(
    { length: count },
    (_, index) => `Visit ${index + 1}: the ${one(what)} ${one(how)}, and ${one(then)}.`,
  )
}

/** A run from its start to its end. */
async function runInApp({ handlers }, id, inputs) {
  const context = { signal: new AbortController().signal }
  const { testRuns } = handlers
  const { id: testSet } = await testRuns.createTestSet({ template: id, name: 'Rows' }, context)
  for (const [index, INPUT] of inputs.entries()) {
    const row = { id: `r${index}`, values: { INPUT }, expected: null, included: true }
    await testRuns.putRow({ testSet, row }, context)
  }
  const plan = { kind: 'test', versions: [1], method: 'generate' }
  const started = performance.now()
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
  const query = { run: record.id, arm: 'version-1', filter: { kind: 'all' }, sort: 'row' }
  const { results } = await testRuns.results({ ...query, from: 0, count: 500 }, context)
  const byRow = new Map(results.map(({ row, result }) => [row.id, result]))
  return { ms, results: inputs.map((_, index) => byRow.get(`r${index}`)) }
}

function rowsOf({ app, naive }) {
  const results = app.flatMap((turn) => turn.results)
  const prompts = naive.flatMap(({ tokens }) => tokens)
  const replies = naive.flatMap((turn) => turn.replies)
  const sum = (values) => values.reduce((total, value) => total + value, 0)
  const perMinute = (sides) => (results.length * 60_000) / sum(sides.map(({ ms }) => ms))
  const prefix = sharedLength(prompts)
  const own = sum(prompts.map(({ length }) => length - prefix))
  const evaluated = sum(results.map(({ tokens }) => tokens.prompt - tokens.reused))
  if (sum(results.map(({ tokens }) => tokens.prompt)) !== sum(prompts.map((p) => p.length))) {
    throw new Error('The two sides do not read the same prompts')
  }
  const alike = results.filter(({ reply }, index) => reply.trim() === replies[index].trim()).length
  return [
    [
      'rows; shared, own tokens',
      `${results.length}; ${prefix}, ${(own / results.length).toFixed(1)}`,
    ],
    ['replies alike', String(alike)],
    [
      'tokens written a row',
      (sum(results.map(({ tokens }) => tokens.generated)) / results.length).toFixed(1),
    ],
    ['a minute: app, loop', `${perMinute(app).toFixed(0)}, ${perMinute(naive).toFixed(0)}`],
    ['app ÷ loop', (perMinute(app) / perMinute(naive)).toFixed(2)],
    ['evaluated ÷ (shared + own)', (evaluated / (prefix + own)).toFixed(3)],
  ]
}

/** How many tokens all of them begin with. */
function sharedLength([first, ...others]) {
  let length = 0
  while (length < first.length && others.every((one) => one[length] === first[length])) length += 1
  return length
}
