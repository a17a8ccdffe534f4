import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Prompt } from '../../src/main/llm/llm.ts'
import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import type { OutputFormat } from '../../src/shared/domain/template/outputFormat.ts'
import { generateOptions } from '../../src/main/templates/running/askModel.ts'
import { renderTemplate } from '../../src/shared/domain/template/renderTemplate.ts'
import { template, type Template } from '../../src/shared/domain/template/template.ts'
import { writeKnownModel } from '../helpers/knownModel.ts'
import {
  collect,
  createTestLlm,
  tinyOptions,
  type Generated,
  type TestLlm,
} from '../helpers/llmHost.ts'

const folder = path.resolve('resources/templates')
const starters = readdirSync(folder).map((name) =>
  template.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))),
)
const [review] = starters
if (review === undefined) throw new Error('No starter')
const texts = {
  kind: 'json' as const,
  fields: ['first', 'second'].map((name) => ({ name, type: { kind: 'text' as const } })),
}
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

/** All values of a complete reply; those so far of one that its limit cut off. */
function expectForm(format: OutputFormat, { text, done }: Generated, maxTokens: number): void {
  expect(done.tokens.generated).toBeLessThanOrEqual(maxTokens)
  if (format.kind === 'text') return
  const { inDomain, repairs, problems } = checkReply(format, text)
  if (done.stop === 'end')
    expect({ inDomain, repairs }, text).toEqual({ inDomain: true, repairs: [] })
  // Text has no bound but the tokens of the answer.
  else if (!inDomain) expect(problems[0]?.code, text).toBe('cut-off')
  if (format.kind === 'json')
    expect(text.startsWith(`{"${format.fields[0]?.name ?? ''}": `)).toBe(true)
}

describe('an answer written in parts', () => {
  // With and without parts the model may say something else: both read tokens in other batches, and
  // are rounded differently. The forced text is the same.
  test.each(starters)('$name: has its form, as under its grammar', async (one) => {
    const { parts, ...plain } = generateOptions(one, { grammar: true })
    for (const input of inputs) {
      const prompt = promptOf(one, input)
      expectForm(one.format, await collect(tiny.llm.generate(prompt, plain)), plain.maxTokens)
      if (parts === undefined) continue
      const options = { ...plain, parts }
      expectForm(one.format, await collect(tiny.llm.generate(prompt, options)), plain.maxTokens)
    }
  })

  test('certain text is written without asking the model', async () => {
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

  test('a model that strongly prefers one answer writes the same with and without parts', async () => {
    const known = createTestLlm(path.join(directory, 'calibration.json'))
    const file = await writeKnownModel(directory, '"')
    await known.llm.load({ ...tinyOptions, file }, () => undefined)
    const one = template.parse({ name: 'Known', instruction: 'Say it.', format: texts })
    const { parts, ...plain } = generateOptions(one, { grammar: true })
    if (parts === undefined) throw new Error('There are no parts')
    for (const options of [plain, { ...plain, parts }]) {
      const { text, done } = await collect(known.llm.generate(promptOf(one, 'x'), options))
      expect(text).toBe('{"first": "", "second": ""}')
      expect(done.stop).toBe('end')
    }
    await known.llm.dispose()
  })

  test.each([1, 4, 9, 14])('ends at its limit of %i tokens', async (maxTokens) => {
    const long = '{"word": "a tree by the river, where nobody was seen in the whole of the spring"}'
    const parts = [{ kind: 'choice' as const, texts: [long, `${long} or two`] }]
    const { text, done } = await collect(
      tiny.llm.generate(promptOf(review, inputs[0] ?? ''), { maxTokens, temperature: 0, parts }),
    )
    expect(text).not.toBe('')
    expect(long.startsWith(text)).toBe(true)
    expect(done).toMatchObject({ stop: 'length', tokens: { generated: maxTokens } })
  })

  test.each([3, 12])('a value ends at the limit of %i tokens', async (maxTokens) => {
    const open = {
      kind: 'open' as const,
      grammar: 'root ::= [a-z]{300} "."',
      value: '^[a-z]+(?=\\.)',
    }
    const parts = [{ kind: 'choice' as const, texts: ['x: '] }, open]
    const { text, done } = await collect(
      tiny.llm.generate(promptOf(review, 'x'), { maxTokens: maxTokens + 5, temperature: 0, parts }),
    )
    expect(text).toMatch(/^x: [a-z]+$/u)
    expect(done).toMatchObject({ stop: 'length', tokens: { generated: maxTokens + 5 } })
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
