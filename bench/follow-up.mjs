// A follow-up question in a long conversation, through the whole app: prompt tokens that are
// evaluated after it has arrived against the tokens of its sources, key sentences and question; the
// goal is at most 1.05. What was read ahead, before it arrived, is counted separately.
//
//   node bench/follow-up.mjs [FILE.gguf]
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ask, buildApp, openApp } from './app.mjs'
import { quantile, report } from './harness.mjs'

const turns = 8
/** The model reads ahead after an answer; a person takes longer than that to type. */
const typingMs = 3_000
const sample = path.resolve(import.meta.dirname, '../resources/sample')

const [file] = process.argv.slice(2)
const directory = mkdtempSync(path.join(os.tmpdir(), 'penknife-bench-'))
await buildApp()
const overrides = file === undefined ? {} : { modelFile: path.resolve(file) }
const { app } = await openApp(path.join(directory, 'data'), overrides)
try {
  await app.library.import([{ path: sample }], null)
  await app.library.idle()
  const { sampleQuestions } = await app.handlers.settings.info(undefined, {
    signal: new AbortController().signal,
  })
  const followUps = /** @type {Cost[]} */ ([])
  let conversation = /** @type {string | null} */ (null)
  let model = ''
  for (let turn = 0; turn < turns; turn += 1) {
    const question = sampleQuestions[turn % sampleQuestions.length] ?? ''
    const asked = await ask(app, question, conversation)
    conversation = asked.conversation
    const { answer } = asked.turn
    model = answer?.model ?? model
    if (turn > 0 && answer !== null && answer.prompt !== null) {
      followUps.push(await costOf(answer.prompt, answer.tokens))
    }
    await delay(typingMs)
  }
  const sum = (/** @type {keyof Cost} */ key) =>
    String(followUps.reduce((total, one) => total + one[key], 0))
  await report('follow-up', [
    ['model', `${model}${file === undefined ? ' (bundled; a FILE.gguf can be given)' : ''}`],
    ['follow-ups with a prompt', String(followUps.length)],
    ['read ahead, tokens in all', sum('ahead')],
    ['own sources and question, tokens in all', sum('own')],
    ['evaluated after they arrived, tokens in all', sum('evaluated')],
    ['ratio: median', quantile(followUps.map(ratio), 0.5).toFixed(3)],
    ['ratio: worst', Math.max(...followUps.map(ratio)).toFixed(3)],
  ])
} finally {
  await app.dispose()
  rmSync(directory, { recursive: true, force: true })
}

/** @typedef {{ own: number, evaluated: number, ahead: number }} Cost Each in tokens. */

/**
 * The question's own part follows the last `[INST]` of LLaMA 2's chat format.
 *
 * @param {string} prompt
 * @param {{ prompt: number, reused: number }} tokens
 * @returns {Promise<Cost>}
 */
async function costOf(prompt, tokens) {
  const own = prompt.slice(prompt.lastIndexOf('[INST]'))
  const [counted = 0] = await app.answerDeps.llm.countTokens([own])
  return { own: counted, evaluated: tokens.prompt - tokens.reused, ahead: tokens.reused }
}

/** @param {Cost} cost */
function ratio({ own, evaluated }) {
  return evaluated / own
}
