import { copyFile, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCalibration } from '../../src/main/llm/calibration.ts'
import type { LoadProgress, Prompt } from '../../src/main/llm/llm.ts'
import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import { grammarOf, mostItems } from '../../src/shared/domain/template/grammar.ts'
import { outputFormat } from '../../src/shared/domain/template/outputFormat.ts'
import { ggufHeader } from '../helpers/gguf.ts'
import {
  collect,
  collectChoices,
  createTestLlm,
  groundedPrompt,
  groundedSystem,
  tinyModel,
  tinyOptions,
  type TestLlm,
} from '../helpers/llmHost.ts'

const ignore = (): void => undefined
const question = 'How many days of annual leave do employees receive?'
const sources = [
  {
    title: 'Leave policy',
    text: 'Employees receive 25 days of annual leave. Leave must be requested two weeks ahead. Unused days expire in March.',
  },
  { title: 'Canteen', text: 'Lunch is served from noon until two. Guests pay at the counter.' },
]
const key = [
  '“Employees receive 25 days of annual leave.” [1]',
  '“Unused days expire in March.” [1]',
  '“Guests pay at the counter.” [2]',
]
const prompt = groundedPrompt(question, sources, key)
const greedy = { maxTokens: 100, temperature: 0 }
/** A grammar under which any answer ends by itself. */
const forced = { ...greedy, grammar: 'root ::= "The bridge, " ("once" | "twice") "."' }
/** A grammar under which an answer fills the context. */
const endless = { ...greedy, grammar: 'root ::= [a-z] root' }
/** Short names and no open text, so that even the longest answer fits. */
const nested = outputFormat.parse({
  kind: 'json',
  fields: [
    {
      name: 'a',
      type: {
        kind: 'list',
        item: {
          kind: 'object',
          fields: [
            {
              name: 'b',
              type: {
                kind: 'object',
                fields: [{ name: 'c', type: { kind: 'label', labels: ['x', 'y'] } }],
              },
            },
          ],
        },
      },
    },
    { name: 'd', type: { kind: 'object', fields: [{ name: 'e', type: { kind: 'boolean' } }] } },
  ],
})
/** In tokens, of one character each at worst: all items, with what is around them. */
const longestNested = mostItems * '{"b": {"c": "x"}}, '.length + 50
const fewShot = {
  system: 'Copy the word.',
  history: [],
  user: 'Input: tree\nOutput: {"word": "tree"}\n\nInput: river\nOutput: {"word": "river"}\n\nInput: stone\nOutput:',
}

let directory: string
let calibrationFile: string
let tiny: TestLlm

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'penknife-llm-'))
  calibrationFile = path.join(directory, 'calibration.json')
  tiny = createTestLlm(calibrationFile)
  await tiny.llm.load(tinyOptions, ignore)
})

afterAll(async () => {
  await tiny.llm.dispose()
  await rm(directory, { recursive: true, force: true })
})

/** The model's probabilities of a few continuations. */
async function weigh({ llm }: TestLlm, asked: Prompt) {
  const options = { maxChoices: 1, final: [] }
  return (await collectChoices(llm.choose(asked, ['Yes.', 'No.', '“Lunch', '{'], options))).done
}

describe('reading and writing', () => {
  test('a loaded model says what it is', async () => {
    const info = await tiny.llm.load(tinyOptions, ignore)
    expect(info).toEqual({
      file: tinyModel,
      name: 'penknife-tiny',
      architecture: 'llama',
      contextSize: 1024,
      contextWanted: 1024,
      threads: 1,
      gpu: false,
    })
  })

  test('texts are counted in tokens, and the rendered prompt is what is evaluated', async () => {
    const [none, one = 0, twice] = await tiny.llm.countTokens(['', 'leave', 'leave leave'])
    expect(none).toBe(0)
    expect(one).toBeGreaterThan(0)
    // Within a text it is one token with the space before it.
    expect(twice).toBe(one + 1)
    const { text, tokens } = await tiny.llm.render(prompt)
    expect(text).toContain('[INST]')
    expect(text).toContain(groundedSystem)
    expect(text).toContain('“Unused days expire in March.” [1]')
    const { done } = await collect(tiny.llm.generate(prompt, { ...greedy, maxTokens: 1 }))
    expect(done.tokens.prompt).toBe(tokens)
  })

  test('an answer streams with real progress and ends by itself', async () => {
    await tiny.llm.load(tinyOptions, ignore)
    const { text, items, done } = await collect(tiny.llm.generate(prompt, forced))
    expect(text).toMatch(/^The bridge, (once|twice)\.$/u)
    expect(items.filter(({ type }) => type === 'text').length).toBeGreaterThan(2)
    expect(done.stop).toBe('end')
    expect(done.tokens.reused).toBe(0)
    const progress = items.flatMap((item) => (item.type === 'prefill' ? [item] : []))
    const steps = progress.map((item) => item.done)
    expect(steps.length).toBeGreaterThan(2)
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(progress.at(-1)?.done).toBe(done.tokens.prompt)
    expect(items.findIndex((item) => item.type === 'text')).toBeGreaterThan(
      items.findLastIndex((item) => item.type === 'prefill'),
    )
  })

  test('the same question gets the same answer, and only its last token is evaluated again', async () => {
    await collect(tiny.llm.generate(prompt, greedy))
    // From here on all are computed in the same way.
    const first = await collect(tiny.llm.generate(prompt, greedy))
    const second = await collect(tiny.llm.generate(prompt, greedy))
    expect(second.text).toBe(first.text)
    expect(second.done.tokens.reused).toBe(second.done.tokens.prompt - 1)
  })

  test('drawing from the one likeliest token is the same as drawing nothing', async () => {
    await collect(tiny.llm.generate(prompt, greedy))
    const plain = await collect(tiny.llm.generate(prompt, greedy))
    const hot = { ...greedy, temperature: 2, topP: 1 }
    for (const one of [{ topK: 1 }, { minP: 1 }, { topP: 0.01 }]) {
      const drawn = await collect(tiny.llm.generate(prompt, { ...hot, topK: 0, ...one }))
      expect(drawn.text).toBe(plain.text)
    }
  })

  test('the shared prefix of two prompts is evaluated once', async () => {
    await collect(tiny.llm.generate(prompt, greedy))
    const other = { ...prompt, user: 'Something else entirely' }
    const reusing = await weigh(tiny, other)
    expect(reusing.tokens.reused).toBeGreaterThan(60)
    expect(reusing.tokens.reused).toBeLessThan(reusing.tokens.prompt)
    const fresh = createTestLlm(calibrationFile)
    await fresh.llm.load(tinyOptions, ignore)
    const alone = await weigh(fresh, other)
    await fresh.llm.dispose()
    expect(alone.tokens.reused).toBe(0)
    // Reuse must not change the probabilities, except for rounding.
    for (const [index, probability] of reusing.probabilities.entries()) {
      expect(probability).toBeCloseTo(alone.probabilities[index] ?? -1, 1)
    }
  })

  test.each([
    ['without flash attention', { flashAttention: false, refillFrom: null }],
    ['with a whole block in the place of a few tokens', { flashAttention: true, refillFrom: 2 }],
  ])('%s, probabilities and reused tokens stay the same', async (name, reading) => {
    const file = path.join(directory, `${name}.json`)
    const threads = { prefill: 1, generation: 1 }
    await createCalibration(file, ignore).set(tinyModel, false, { threads, reading, measured: [] })
    const other = createTestLlm(file)
    await other.llm.load(tinyOptions, ignore)
    await tiny.llm.load(tinyOptions, ignore)
    // Read whole, then with more text behind, then again, mostly reused.
    const users = [prompt.user, `${prompt.user} Is it so?`, prompt.user]
    for (const user of users) {
      const usual = await weigh(tiny, { ...prompt, user })
      const now = await weigh(other, { ...prompt, user })
      expect(now.tokens).toEqual(usual.tokens)
      for (const [index, probability] of now.probabilities.entries()) {
        expect(probability).toBeCloseTo(usual.probabilities[index] ?? -1, 1)
      }
    }
    await other.llm.dispose()
  })

  test('what was read ahead is not read again for the question', async () => {
    await tiny.llm.load(tinyOptions, ignore)
    const history = [{ user: question, assistant: key[0] ?? '' }]
    const next = groundedPrompt('When do unused days expire?', sources, key, history)
    await tiny.llm.warmUp({ system: next.system, history })
    const { done } = await collect(tiny.llm.generate(next, { ...greedy, maxTokens: 1 }))
    const [own = 0] = await tiny.llm.countTokens([next.user])
    const evaluated = done.tokens.prompt - done.tokens.reused
    // The question with its sources, and the special tokens around it.
    expect(evaluated).toBeGreaterThanOrEqual(own)
    expect(evaluated).toBeLessThanOrEqual(own + 10)
  })

  test('reading ahead is aborted by a question', async () => {
    await tiny.llm.load(tinyOptions, ignore)
    const history = Array.from({ length: 12 }, () => ({
      user: 'What was said about the river and the bridge in the old report?',
      assistant: 'The bridge over the river was built in the spring and closed in the autumn.',
    }))
    let warm = false
    const warming = tiny.llm.warmUp({ system: groundedSystem, history }).then(() => (warm = true))
    const { done } = await collect(tiny.llm.generate(prompt, { ...endless, maxTokens: 3 }))
    expect(done.tokens.generated).toBe(3)
    await warming
    expect(warm).toBe(true)
  })

  test('stop ends an answer at once and keeps what was written', async () => {
    const controller = new AbortController()
    const items = []
    for await (const item of tiny.llm.generate(
      fewShot,
      { ...endless, maxTokens: 5_000, temperature: 1, seed: 1 },
      controller.signal,
    )) {
      items.push(item)
      if (items.filter(({ type }) => type === 'text').length === 5) controller.abort()
    }
    const done = items.at(-1)
    expect(done).toMatchObject({ type: 'done', stop: 'aborted' })
    if (done?.type !== 'done') throw new Error('not done')
    expect(done.tokens.prompt + done.tokens.generated).toBeLessThan(1_024)
    expect(items.filter(({ type }) => type === 'text').length).toBeGreaterThanOrEqual(5)
  })

  test('stop while the prompt is read, or before, ends the stream without an error', async () => {
    await tiny.llm.load(tinyOptions, ignore)
    const controller = new AbortController()
    const items = []
    for await (const item of tiny.llm.generate(prompt, greedy, controller.signal)) {
      items.push(item)
      controller.abort()
    }
    expect(items.at(-1)).toMatchObject({ type: 'done', stop: 'aborted' })
    expect(items.some((item) => item.type === 'text')).toBe(false)
    const late = await collect(tiny.llm.generate(prompt, greedy, controller.signal))
    expect(late.done.stop).toBe('aborted')
  })

  test('a call that waits for another one can be aborted', async () => {
    const first = collect(tiny.llm.generate(prompt, forced))
    const controller = new AbortController()
    const second = collect(tiny.llm.generate(prompt, greedy, controller.signal))
    controller.abort()
    expect((await second).done).toMatchObject({ stop: 'aborted', tokens: { generated: 0 } })
    expect((await first).done.stop).toBe('end')
  })

  test('a prompt that is too long is refused before anything is read', async () => {
    const long = { ...prompt, user: 'all the words of a very long document '.repeat(400) }
    const asking = collect(tiny.llm.generate(long, greedy))
    await expect(asking).rejects.toMatchObject({ code: 'prompt-too-long' })
    expect((await collect(tiny.llm.generate(prompt, forced))).done.stop).toBe('end')
  })

  test('an answer that fills the context ends there', async () => {
    await tiny.llm.load({ ...tinyOptions, contextSize: 512 }, ignore)
    const { done } = await collect(tiny.llm.generate(prompt, { ...endless, maxTokens: 5_000 }))
    expect(done.stop).toBe('length')
    expect(done.tokens.prompt + done.tokens.generated).toBe(512)
    await tiny.llm.load(tinyOptions, ignore)
  })

  test('a stop text ends the answer and is not part of it', async () => {
    const { text, done } = await collect(
      tiny.llm.generate(fewShot, { ...forced, stopTexts: ['bridge'] }),
    )
    expect(text).toBe('The ')
    expect(done.stop).toBe('end')
  })

  test('a grammar constrains the answer, and emoji arrive whole', async () => {
    const grammar = 'root ::= "é😀 " ("ja" | "nein") " 🦙"'
    const { text, items, done } = await collect(tiny.llm.generate(fewShot, { ...greedy, grammar }))
    expect(text).toMatch(/^é😀 (ja|nein) 🦙$/u)
    expect(done.stop).toBe('end')
    for (const item of items) if (item.type === 'text') expect(item.text).not.toContain('\uFFFD')
  })

  test('an answer with fields within fields parses and has their form', async () => {
    const grammar = grammarOf(nested) ?? ''
    const options = { ...greedy, maxTokens: longestNested, grammar }
    const { text, done } = await collect(tiny.llm.generate(fewShot, options))
    expect(done.stop).toBe('end')
    expect(() => JSON.parse(text) as unknown).not.toThrow()
    expect(checkReply(nested, text)).toMatchObject({
      parseable: true,
      inDomain: true,
      repairs: [],
      problems: [],
    })
  })

  test('nothing is printed, and no prompt is logged', () => {
    expect(tiny.printed()).toBe('')
    expect(tiny.logged.join('\n')).not.toContain('annual leave')
  })

  test('a broken grammar is reported as such', async () => {
    const asking = collect(tiny.llm.generate(fewShot, { ...greedy, grammar: 'root ::= (' }))
    await expect(asking).rejects.toMatchObject({ code: 'invalid-input' })
    // llama.cpp logs on a channel of its own, and may do so after the error.
    await expect.poll(() => tiny.logged.join('\n')).toContain('llama.cpp: ')
  })

  test('special tokens of the chat format in a document do not end a turn', async () => {
    const { tokens } = await tiny.llm.render({ ...prompt, user: '</s><s>' })
    const { tokens: without } = await tiny.llm.render({ ...prompt, user: '' })
    expect(tokens - without).toBeGreaterThan(2)
  })
})

describe('loading', () => {
  test('threads are measured once per file, and saved', async () => {
    const stages: LoadProgress['stage'][] = []
    const options = { ...tinyOptions, threads: null }
    const file = path.join(directory, 'measured.json')
    const { llm } = createTestLlm(file)
    const onProgress = ({ stage }: LoadProgress): void => void stages.push(stage)
    const info = await llm.load(options, onProgress)
    expect(stages).toContain('measuring')
    expect(info.threads).toBeLessThanOrEqual(os.availableParallelism())
    stages.length = 0
    expect((await llm.load(options, onProgress)).threads).toBe(info.threads)
    expect(stages).not.toContain('measuring')
    await llm.dispose()
    const { models } = JSON.parse(await readFile(file, 'utf8')) as { models: object }
    expect(Object.keys(models)).toHaveLength(1)
  })

  test('a smaller context is used on request, never a larger one than the trained one', async () => {
    const small = await tiny.llm.load({ ...tinyOptions, contextSize: 512 }, ignore)
    expect(small.contextSize).toBe(512)
    const large = await tiny.llm.load({ ...tinyOptions, contextSize: 8192 }, ignore)
    expect(large.contextSize).toBe(1024)
  })

  test.each([
    ['an embedding model', { 'general.architecture': 'bert' }, /embedding model/u],
    ['another architecture', { 'general.architecture': 'qwen2' }, /“qwen2”/u],
    ['a header without a model', { 'general.architecture': 'llama' }, /no whole model/u],
  ])('%s is refused with its reason', async (name, metadata, reason) => {
    const file = path.join(directory, `${name}.gguf`)
    await writeFile(file, ggufHeader(metadata))
    const loading = tiny.llm.load({ ...tinyOptions, file }, ignore)
    await expect(loading).rejects.toMatchObject({ code: 'model-load-failed' })
    await expect(loading).rejects.toThrow(reason)
  })

  test('a file that is no model, a missing one, or a folder is refused with its reason', async () => {
    const text = path.join(directory, 'notes.gguf')
    await writeFile(text, 'These are notes.')
    const load = (file: string) => tiny.llm.load({ ...tinyOptions, file }, ignore)
    await expect(load(text)).rejects.toThrow(/not a GGUF model file/u)
    await expect(load(path.join(directory, 'gone.gguf'))).rejects.toMatchObject({
      code: 'model-missing',
    })
    await expect(load(directory)).rejects.toThrow(/folder/u)
  })

  test.each([500, 100_000, 3_000_000])(
    'a file cut off after %i bytes is refused',
    async (bytes) => {
      const file = path.join(directory, 'cut.gguf')
      await copyFile(tinyModel, file)
      await truncate(file, bytes)
      const loading = tiny.llm.load({ ...tinyOptions, file }, ignore)
      await expect(loading).rejects.toThrow(/cut off|not complete/u)
    },
  )

  test('a file of zeros that calls itself GGUF is refused, and the next model loads', async () => {
    const file = path.join(directory, 'zeros.gguf')
    await writeFile(file, 'GGUF')
    const handle = await open(file, 'r+')
    await handle.truncate(1_000_000)
    await handle.close()
    await expect(tiny.llm.load({ ...tinyOptions, file }, ignore)).rejects.toMatchObject({
      code: 'model-load-failed',
    })
    await tiny.llm.load(tinyOptions, ignore)
    expect((await collect(tiny.llm.generate(prompt, forced))).done.stop).toBe('end')
  })

  test('loading can be stopped', async () => {
    const controller = new AbortController()
    const stop = (): void => controller.abort()
    await expect(tiny.llm.load(tinyOptions, stop, controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    })
    await tiny.llm.load(tinyOptions, ignore)
  })

  test('calls fail before a model is loaded and after it is unloaded', async () => {
    const { llm } = createTestLlm(calibrationFile)
    await expect(llm.countTokens(['x'])).rejects.toMatchObject({ code: 'model-missing' })
    await llm.load(tinyOptions, ignore)
    await llm.unload()
    await expect(collect(llm.generate(prompt, greedy))).rejects.toMatchObject({
      code: 'model-missing',
    })
    await llm.dispose()
  })

  test('unloading waits for a running answer and ends the process', async () => {
    const other = createTestLlm(calibrationFile)
    await other.llm.load(tinyOptions, ignore)
    const answer = collect(other.llm.generate(prompt, forced))
    const ended = new Promise((resolve) => other.started.at(-1)?.onExit(resolve))
    await other.llm.unload()
    expect((await answer).done.stop).toBe('end')
    await ended
    await other.llm.dispose()
  })
})
