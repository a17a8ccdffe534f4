import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Patience } from '../../src/main/llm/patience.ts'
import { openKillableApp } from '../helpers/killableApp.ts'
import {
  collectChoices,
  createTestLlm,
  groundedPrompt,
  refusal,
  tinyOptions,
  type TestLlm,
} from '../helpers/llmHost.ts'
import { createTempDir } from '../helpers/tempDir.ts'

/** Milliseconds: many times what the bundled model needs for a step, or for loading. */
const patience: Patience = { loading: () => 60_000, working: () => 2_500 }
const sentence = /stopped responding/u

const sources = [{ title: 'Notes', text: 'The bridge opened in 1904. It is painted green.' }]
const lines = ['“The bridge opened in 1904.” [1]', '“It is painted green.” [1]', refusal]
const prompt = groundedPrompt('When did the bridge open?', sources, lines)
const long = { ...prompt, user: 'The bridge was painted green again in the spring. '.repeat(45) }
const endless = { maxTokens: 900, temperature: 0, grammar: 'root ::= [a-z] root' }

const opened: TestLlm[] = []
afterEach(async () => {
  for (const { llm } of opened.splice(0)) await llm.dispose()
})

async function open(how: Patience = patience): Promise<TestLlm> {
  const tiny = createTestLlm(path.join(await createTempDir(), 'calibration.json'), how)
  opened.push(tiny)
  return tiny
}

async function loaded(how?: Patience): Promise<TestLlm> {
  const tiny = await open(how)
  await tiny.llm.load(tinyOptions, () => undefined)
  return tiny
}

/** Reads a stream, and stops the process at its first item of a kind. */
async function stopAt<Item extends { type: string }>(
  tiny: TestLlm,
  items: AsyncIterable<Item>,
  type: Item['type'],
): Promise<void> {
  let stopped = false
  for await (const item of items) {
    if (item.type === type && !stopped) tiny.kill('SIGSTOP')
    stopped ||= item.type === type
  }
}

const phases: [string, (tiny: TestLlm) => Promise<unknown>][] = [
  ['reading the prompt', (tiny) => stopAt(tiny, tiny.llm.generate(long, endless), 'prefill')],
  ['writing', (tiny) => stopAt(tiny, tiny.llm.generate(prompt, endless), 'text')],
  [
    'choosing',
    (tiny) => stopAt(tiny, tiny.llm.choose(long, lines, { maxChoices: 1, final: [2] }), 'prefill'),
  ],
  ['asked beside its work', stoppedBefore],
]

/** All calls fail because of the hang. */
async function stoppedBefore({ llm, kill }: TestLlm): Promise<void> {
  kill('SIGSTOP')
  const asked = [llm.countTokens(['a bridge']), llm.render(prompt), llm.warmUp(long)]
  const results = await Promise.allSettled(asked)
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  await asked[0]
}

test.each(phases)(
  'a process that hangs while %s is ended, and the next one works',
  async (_, run) => {
    const tiny = await loaded()
    const crashes: string[] = []
    tiny.llm.onCrash((message) => crashes.push(message))
    const running = run(tiny)
    await expect(running).rejects.toMatchObject({ code: 'host-crashed' })
    await expect(running).rejects.toThrow(sentence)
    expect(crashes).toEqual([expect.stringMatching(sentence)])
    await tiny.llm.load(tinyOptions, () => undefined)
    const { choices } = await collectChoices(
      tiny.llm.choose(prompt, lines, { maxChoices: 1, final: [2] }),
    )
    expect(choices).toHaveLength(1)
  },
)

test('a process that hangs while loading is ended, and the next one works', async () => {
  let loadingMs = 1_000
  const tiny = await open({ ...patience, loading: () => loadingMs })
  let stopped = false
  const stop = (): void => {
    if (!stopped) tiny.kill('SIGSTOP')
    stopped = true
  }
  const loading = tiny.llm.load({ ...tinyOptions, threads: null }, stop)
  await expect(loading).rejects.toThrow(sentence)
  loadingMs = 60_000
  expect((await tiny.llm.load(tinyOptions, () => undefined)).contextSize).toBe(1024)
})

test('stopping an answer of a hung process takes effect before the hang is detected', async () => {
  const tiny = await loaded({ ...patience, working: () => 60_000 })
  const controller = new AbortController()
  let last
  for await (const item of tiny.llm.generate(prompt, endless, controller.signal)) {
    last = item
    if (item.type !== 'text' || controller.signal.aborted) continue
    tiny.kill('SIGSTOP')
    controller.abort()
  }
  expect(last).toMatchObject({ type: 'done', stop: 'aborted' })
  // Unloading does not wait for the hung process either.
  await tiny.llm.load(tinyOptions, () => undefined)
})

test('an answer ends with what was written and a sentence; the next question is answered', async () => {
  await using app = await openKillableApp(patience)
  let stopped = false
  const answer = await app.ask({
    question: 'What is a bridge?',
    onItem({ type }) {
      if (type === 'text' && !stopped) app.kill('SIGSTOP')
      stopped ||= type === 'text'
    },
  })
  expect(answer.text.length).toBeGreaterThan(0)
  expect(answer).toMatchObject({ status: 'failed', error: { code: 'host-crashed' } })
  expect(answer.error?.message).toMatch(sentence)
  expect((await app.until(({ status }) => status === 'ready')).error).toBeNull()
  expect(app.starts()).toBe(2)
  expect(await app.answerDeps.llm.countTokens(['bridge'])).toHaveLength(1)
})
