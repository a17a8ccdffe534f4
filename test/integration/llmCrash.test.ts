import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  collect,
  collectChoices,
  createTestLlm,
  groundedPrompt,
  refusal,
  tinyOptions,
  type TestLlm,
} from '../helpers/llmHost.ts'

const sources = [{ title: 'Notes', text: 'The bridge opened in 1904. It is painted green.' }]
const lines = ['“The bridge opened in 1904.” [1]', '“It is painted green.” [1]']
const prompt = groundedPrompt('When did the bridge open?', sources, lines)
const greedy = { maxTokens: 60, temperature: 0 }
/** An endless answer, so that there is something to interrupt. */
const endless = { maxTokens: 900, temperature: 0, grammar: 'root ::= [a-z] root' }

let directory: string
const opened: TestLlm[] = []

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'penknife-crash-'))
})

afterAll(async () => {
  for (const { llm } of opened) await llm.dispose()
  await rm(directory, { recursive: true, force: true })
})

function open(): TestLlm & { crashes: string[] } {
  const tiny = createTestLlm(path.join(directory, 'calibration.json'))
  opened.push(tiny)
  const crashes: string[] = []
  tiny.llm.onCrash((message) => crashes.push(message))
  return { ...tiny, crashes }
}

async function worksAgain({ llm }: TestLlm): Promise<void> {
  await llm.load(tinyOptions, () => undefined)
  const { choices } = await collectChoices(
    llm.choose(prompt, [...lines, refusal], { maxChoices: 1, final: [2] }),
  )
  expect(choices).toHaveLength(1)
}

test('killed while loading: the load says so, and the next one works', async () => {
  const tiny = open()
  let killed = false
  const kill = (): void => {
    if (!killed) tiny.kill('SIGKILL')
    killed = true
  }
  const loading = tiny.llm.load({ ...tinyOptions, threads: null }, kill)
  await expect(loading).rejects.toMatchObject({ code: 'host-crashed' })
  await expect(loading).rejects.toThrow(/memory/u)
  expect(tiny.crashes).toHaveLength(1)
  await worksAgain(tiny)
})

test('killed while the prompt is read: the stream fails with a sentence', async () => {
  const tiny = open()
  await tiny.llm.load(tinyOptions, () => undefined)
  const reading = async (): Promise<void> => {
    for await (const item of tiny.llm.generate(prompt, endless)) {
      if (item.type === 'prefill') tiny.kill('SIGKILL')
    }
  }
  await expect(reading()).rejects.toMatchObject({ code: 'host-crashed' })
  expect(tiny.crashes).toHaveLength(1)
  await expect(tiny.llm.countTokens(['x'])).rejects.toMatchObject({ code: 'host-crashed' })
  await worksAgain(tiny)
})

test.each(['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGTERM'] as const)(
  '%s while writing: what was written is kept, and the sentence names the cause',
  async (signal) => {
    const tiny = open()
    await tiny.llm.load(tinyOptions, () => undefined)
    let text = ''
    const writing = async (): Promise<void> => {
      for await (const item of tiny.llm.generate(prompt, endless)) {
        if (item.type !== 'text') continue
        text += item.text
        if (text.length > 5) tiny.kill(signal)
      }
    }
    const expected = { SIGKILL: /memory/u, SIGTERM: /from outside/u }
    const reason = signal in expected ? expected[signal as keyof typeof expected] : RegExp(signal)
    await expect(writing()).rejects.toThrow(reason)
    expect(text.length).toBeGreaterThan(5)
    expect(tiny.crashes).toHaveLength(1)
    await worksAgain(tiny)
  },
)

test('killed while idle: it is reported, and calls fail with a sentence until a model is loaded again', async () => {
  const tiny = open()
  await tiny.llm.load(tinyOptions, () => undefined)
  const told = new Promise((resolve) => tiny.llm.onCrash(resolve))
  tiny.kill('SIGKILL')
  await told
  await expect(collect(tiny.llm.generate(prompt, greedy))).rejects.toMatchObject({
    code: 'host-crashed',
  })
  await worksAgain(tiny)
})

test('disposing is no crash: a running answer ends and so does the process', async () => {
  const tiny = open()
  await tiny.llm.load(tinyOptions, () => undefined)
  const exited = new Promise((resolve) => tiny.started.at(-1)?.onExit(resolve))
  let done
  for await (const item of tiny.llm.generate(prompt, endless)) {
    if (item.type === 'text' && done === undefined) done = tiny.llm.dispose()
    if (item.type === 'done') expect(item.stop).toBe('aborted')
  }
  await done
  await exited
  expect(tiny.crashes).toEqual([])
})
