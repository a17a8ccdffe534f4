// Rows of a template on several sequences of one context at a time, against one after another: what
// running rows side by side would buy on this machine. Bare node-llama-cpp; each sequence has read
// what the prompts share before the clock starts.
//
//   node bench/sequences.mjs [FILE.gguf] [ROWS] [THREADS]
//
// The numbers of sequences take turns, some rows each, so that other work hits all alike.
import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { getLlama, LlamaGrammarEvaluationState, resolveChatWrapper } from 'node-llama-cpp'
import { importBuilt, report } from './harness.mjs'

const counts = [1, 2, 4]
const turns = 2
const root = path.resolve(import.meta.dirname, '..')
const bundled = path.join(root, 'resources/models/penknife-tiny/penknife-tiny-q8_0.gguf')
const [file = bundled, rows = '24', threads = '1'] = process.argv.slice(2)

const { importTemplate, renderTemplate, grammarOf } = await importBuilt([
  'src/main/templates/store/importTemplate.ts',
  'src/shared/domain/template/renderTemplate.ts',
  'src/shared/domain/template/grammar.ts',
])
const starter = path.join(root, 'resources/templates/1-review.json')
const template = importTemplate({
  name: path.basename(starter),
  text: readFileSync(starter, 'utf8'),
})
const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 0 })
const model = await llama.loadModel({ modelPath: path.resolve(file) })
const grammar = await llama.createGrammar({ grammar: grammarOf(template.format) })
const chat = resolveChatWrapper(model)
const prompts = Array.from({ length: Number(rows) }, (_, index) => tokensOf(index))
const shared = prompts[0].findIndex((token, at) => prompts.some((one) => one[at] !== token))

const sides = []
for (const count of counts) {
  const context = await model.createContext({
    contextSize: 1024,
    sequences: count,
    threads: Number(threads),
  })
  const sequences = Array.from({ length: count }, () => context.getSequence())
  for (const sequence of sequences) {
    await sequence.evaluateWithoutGeneratingNewTokens(prompts[0].slice(0, shared))
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
const perMinute = sides.map(({ ms }) => (prompts.length * 60_000) / ms)
await report('sequences', [
  ['model', `${path.basename(file)}${file === bundled ? ' (bundled)' : ''}`],
  ['rows, threads, load average at the end', `${rows}, ${threads}, ${os.loadavg()[0].toFixed(1)}`],
  ...sides.flatMap(({ count, replies }, index) => [
    [`${count} at a time: rows a minute`, perMinute[index].toFixed(1)],
    [`${count} at a time ÷ 1`, (perMinute[index] / perMinute[0]).toFixed(2)],
    [
      `${count} at a time: replies alike`,
      String(replies.filter((one, at) => one === sides[0].replies[at]).length),
    ],
  ]),
])
await llama.dispose()

function tokensOf(index) {
  const INPUT = `Visit ${index + 1}: the soup came late, and nobody said sorry.`
  const { examples } = template
  const { system, user } = renderTemplate({ template, examples, sources: [], values: { INPUT } })
  const chatHistory = [
    { type: 'system', text: system },
    { type: 'user', text: user },
    { type: 'model', response: [] },
  ]
  return chat.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer)
}

/** Each sequence takes the next row as soon as it is free. */
async function answerAll(sequences, own) {
  const replies = []
  let next = 0
  await Promise.all(
    sequences.map(async (sequence) => {
      while (next < own.length) {
        const at = next
        next += 1
        replies[at] = await answer(sequence, own[at])
      }
    }),
  )
  return replies
}

async function answer(sequence, prompt) {
  await sequence.eraseContextTokenRanges([{ start: shared, end: sequence.nextTokenIndex }])
  const written = []
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
