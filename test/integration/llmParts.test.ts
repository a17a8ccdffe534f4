import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Prompt } from '../../src/main/llm/llm.ts'
import { generateOptions } from '../../src/main/templates/running/askModel.ts'
import { renderTemplate } from '../../src/shared/domain/template/renderTemplate.ts'
import { template, type Template } from '../../src/shared/domain/template/template.ts'
import { collect, createTestLlm, tinyOptions, type TestLlm } from '../helpers/llmHost.ts'

const folder = path.resolve('resources/templates')
const starters = readdirSync(folder).map((name) =>
  template.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))),
)
const [review] = starters
if (review === undefined) throw new Error('No starter')
const inputs = [
  'The soup was cold, and the waiter laughed about it.',
  'Where is my refund?',
  'Ada Quill left Harbour Tools in 2019 to open a bakery in Leeds.',
]

let directory: string
let tiny: TestLlm

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'penknife-test-'))
  tiny = createTestLlm(path.join(directory, 'calibration.json'))
  await tiny.llm.load(tinyOptions, () => undefined)
})

afterAll(async () => {
  await tiny.llm.dispose()
  await rm(directory, { recursive: true, force: true })
})

function promptOf(one: Template, INPUT: string): Prompt {
  return renderTemplate({ template: one, examples: one.examples, sources: [], values: { INPUT } })
}

describe('an answer written in parts', () => {
  test.each(starters)('$name: says what it says under its grammar', async (one) => {
    const { parts, ...plain } = generateOptions(one, { grammar: true })
    for (const input of inputs) {
      const prompt = promptOf(one, input)
      const whole = await collect(tiny.llm.generate(prompt, plain))
      const cut = await collect(
        tiny.llm.generate(prompt, { ...plain, ...(parts === undefined ? {} : { parts }) }),
      )
      expect(cut.text).toBe(whole.text)
      expect(cut.done).toMatchObject({ stop: whole.done.stop })
      // The end of the answer is no token of it, and what is counted is the same.
      expect(cut.done.tokens.generated).toBe(whole.done.tokens.generated)
    }
  })

  test('what is certain is not asked of the model', async () => {
    const parts = [{ kind: 'choice' as const, texts: ['{"word": "tree"}'] }]
    const { text, items, done } = await collect(
      tiny.llm.generate(promptOf(review, 'x'), {
        maxTokens: 50,
        temperature: 0,
        parts,
      }),
    )
    expect(text).toBe('{"word": "tree"}')
    expect(items.filter((item) => item.type === 'text')).toHaveLength(1)
    expect(done.stop).toBe('end')
  })

  test.each([1, 4, 9, 14])('ends at its limit of %i tokens', async (maxTokens) => {
    const options = { ...generateOptions(review, { grammar: true }), maxTokens }
    const { parts: _, ...plain } = options
    const prompt = promptOf(review, inputs[0] ?? '')
    const cut = await collect(tiny.llm.generate(prompt, options))
    const whole = await collect(tiny.llm.generate(prompt, plain))
    expect(cut.text).toBe(whole.text)
    expect(cut.done).toMatchObject({ stop: 'length', tokens: { generated: maxTokens } })
  })

  test('can be stopped', async () => {
    const controller = new AbortController()
    const items = []
    const options = generateOptions(review, { grammar: true })
    for await (const item of tiny.llm.generate(
      promptOf(review, inputs[0] ?? ''),
      options,
      controller.signal,
    )) {
      items.push(item)
      if (item.type === 'text') controller.abort()
    }
    expect(items.at(-1)).toMatchObject({ type: 'done', stop: 'aborted' })
  })
})
