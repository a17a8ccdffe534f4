// Rows of a template on several sequences of one context at a time, against one after another: what
// running rows side by side would gain on this machine. Bare node-llama-cpp; each sequence has read
// what the prompts share before the clock starts.
//
//   node bench/sequences.mjs [FILE.gguf] [ROWS] [THREADS]
//
// The numbers of sequences take turns, some rows each, so that other work hits all alike.
import path from 'node:path'
import { getLlama, LlamaGrammarEvaluationState, resolveChatWrapper } from 'node-llama-cpp'
import { tokenizePrompt } from './chatPrompt.mjs'
import { importBuilt, loadAverage, report } from './harness.mjs'
import { readStarter } from './starterTemplate.mjs'

/** @import { LlamaContextSequence, Token } from 'node-llama-cpp' */
/** @import { Row } from './harness.mjs' */
/**
 * @typedef {import('./starterTemplate.mjs').Importing &
 *   typeof import('../src/shared/domain/template/renderTemplate.ts') &
 *   typeof import('../src/shared/domain/template/grammar.ts')} Built
 */

const counts = [1, 2, 4]
const turns = 2
const root = path.resolve(import.meta.dirname, '..')
const bundled = path.join(root, 'resources/models/penknife-tiny/penknife-tiny-q8_0.gguf')
const [file = bundled, rows = '24', threads = '1'] = process.argv.slice(2)

const built = /** @type {Built} */ (
  await importBuilt([
    'src/main/templates/store/importTemplate.ts',
    'src/shared/domain/template/renderTemplate.ts',
    'src/shared/domain/template/grammar.ts',
  ])
)
const template = readStarter(built)
const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 0 })
const model = await llama.loadModel({ modelPath: path.resolve(file) })
const gbnf = built.grammarOf(template.format)
if (gbnf === null) throw new Error('The template has no grammar')
const grammar = await llama.createGrammar({ grammar: gbnf })
const chat = resolveChatWrapper(model)
const prompts = Array.from({ length: Number(rows) }, (_, index) => tokensOf(index))
const [firstPrompt = []] = prompts
const shared = firstPrompt.findIndex((token, at) => prompts.some((one) => one[at] !== token))

/**
 * @typedef {object} Side
 * @property {number} count
 * @property {readonly LlamaContextSequence[]} sequences
 * @property {number} ms
 * @property {string[]} replies
 */
const sides = /** @type {Side[]} */ ([])
for (const count of counts) {
  const context = await model.createContext({
    contextSize: 1024,
    sequences: count,
    threads: Number(threads),
  })
  const sequences = Array.from({ length: count }, () => context.getSequence())
  for (const sequence of sequences) {
    await sequence.evaluateWithoutGeneratingNewTokens(firstPrompt.slice(0, shared))
  }
  sides.push({ count, sequences, ms: 0, replies: [] })
}
const size = Math.ceil(prompts.length / turns)
for (let from = 0; from < prompts.length; from += size) {
  for (const side of sides) {
    const started = performance.now()
    side.replies.push(...(await answerAll(side.sequences, prompts.slice(from, from + size))))
    side.ms += performance.now() - started
  }
}
const [single] = sides
await report('sequences', [
  ['model', `${path.basename(file)}${file === bundled ? ' (bundled)' : ''}`],
  ['rows, threads, load average at the end', `${rows}, ${threads}, ${loadAverage()}`],
  ...sides.flatMap(rowsOf),
])
await llama.dispose()

/**
 * @param {Side} side
 * @returns {Row[]}
 */
function rowsOf({ count, replies, ms }) {
  const alike = replies.filter((reply, at) => reply === single?.replies[at]).length
  return [
    [`${count} at a time: rows a minute`, ((prompts.length * 60_000) / ms).toFixed(1)],
    [`${count} at a time ÷ 1`, (Number(single?.ms) / ms).toFixed(2)],
    [`${count} at a time: replies alike`, alike],
  ]
}

/** @param {number} index */
function tokensOf(index) {
  const INPUT = `Visit ${index + 1}: the soup came late, and nobody said sorry.`
  const { examples } = template
  const prompt = built.renderTemplate({ template, examples, sources: [], values: { INPUT } })
  return tokenizePrompt(model, chat, prompt)
}

/**
 * Each sequence takes the next row as soon as it is free.
 *
 * @param {readonly LlamaContextSequence[]} sequences
 * @param {readonly Token[][]} own
 */
async function answerAll(sequences, own) {
  const replies = /** @type {string[]} */ ([])
  let next = 0
  await Promise.all(
    sequences.map(async (sequence) => {
      while (next < own.length) {
        const at = next
        next += 1
        replies[at] = await answer(sequence, own[at] ?? [])
      }
    }),
  )
  return replies
}

/**
 * @param {LlamaContextSequence} sequence
 * @param {readonly Token[]} prompt
 */
async function answer(sequence, prompt) {
  await sequence.eraseContextTokenRanges([{ start: shared, end: sequence.nextTokenIndex }])
  const written = /** @type {Token[]} */ ([])
  const evaluation = sequence.evaluate(prompt.slice(shared), {
    temperature: 0,
    yieldEogToken: true,
    grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }),
  })
  for await (const token of evaluation) {
    if (model.isEogToken(token)) break
    written.push(token)
    if (written.length >= template.decoding.maxTokens) break
  }
  return model.detokenize(written)
}
