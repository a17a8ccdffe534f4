import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChooseOptions } from '../../src/main/llm/llm.ts'
import {
  collect,
  collectChoices,
  createTestLlm,
  groundedPrompt,
  refusal,
  tinyOptions,
  type TestLlm,
} from '../helpers/llmHost.ts'

const sources = [
  {
    title: 'Lighthouse keepers',
    text: 'The lighthouse on Gull Rock was lit for the first time in 1871. Its keeper, Martha Quill, stayed for thirty years. The lamp burned whale oil.',
  },
  {
    title: 'Harbour rules',
    text: 'Boats longer than twelve metres moor at the north pier. Fires on deck are not allowed. The harbour master lives in the red house.',
  },
]
const lines = {
  lit: '“The lighthouse on Gull Rock was lit for the first time in 1871.” [1]',
  keeper: '“Its keeper, Martha Quill, stayed for thirty years.” [1]',
  oil: '“The lamp burned whale oil.” [1]',
  pier: '“Boats longer than twelve metres moor at the north pier.” [2]',
  fires: '“Fires on deck are not allowed.” [2]',
  master: '“The harbour master lives in the red house.” [2]',
}
const one: ChooseOptions = { maxChoices: 1, final: [] }
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

let directory: string
let tiny: TestLlm

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'penknife-choose-'))
  tiny = createTestLlm(path.join(directory, 'calibration.json'))
  await tiny.llm.load(tinyOptions, () => undefined)
})

afterAll(async () => {
  await tiny.llm.dispose()
  await rm(directory, { recursive: true, force: true })
})

const choose = (
  question: string,
  candidates: readonly string[],
  options = one,
  key = candidates.slice(0, 3),
) => collectChoices(tiny.llm.choose(groundedPrompt(question, sources, key), candidates, options))

test('the likeliest line is chosen, depending on the prompt', async () => {
  const candidates = [...Object.values(lines), refusal]
  const told: (readonly number[])[] = []
  for (const question of ['Where does the harbour master live?', 'Are fires on deck allowed?']) {
    const { choices, done, items } = await choose(question, candidates, {
      maxChoices: 1,
      final: [candidates.length - 1],
    })
    expect(choices).toHaveLength(1)
    expect(sum(done.probabilities)).toBeCloseTo(1, 9)
    expect(Math.max(...done.probabilities)).toBe(done.probabilities[choices[0] ?? -1])
    expect(done.stop).toBe('end')
    const prefill = items.filter((item) => item.type === 'prefill').at(-1)
    expect(prefill).toMatchObject({ done: done.tokens.prompt, total: done.tokens.prompt })
    told.push(done.probabilities)
  }
  expect(told[0]).not.toEqual(told[1])
})

test('the model is asked only where lines differ', async () => {
  const candidates = [`${lines.lit} Boats.`, `${lines.lit} Fires.`, `${lines.lit} Lamps.`]
  const { done } = await choose('What is known?', candidates)
  const [common = 0] = await tiny.llm.countTokens([lines.lit])
  // Their shared prefix, read in one batch, is all that is needed to distinguish them.
  expect(done.tokens.generated).toBeLessThanOrEqual(common + 1)
  expect(new Set(done.probabilities).size).toBe(3)
})

test('a grammar of the same lines gives the same choice', async () => {
  const candidates = [lines.keeper, lines.lit, lines.fires, refusal]
  for (const question of ['Who was the keeper?', 'Are fires on deck allowed?']) {
    const prompt = groundedPrompt(question, sources, candidates.slice(0, 3))
    const alternatives = candidates.map((line) => JSON.stringify(line)).join(' | ')
    const { text } = await collect(
      tiny.llm.generate(prompt, {
        maxTokens: 100,
        temperature: 0,
        grammar: `root ::= ${alternatives}`,
      }),
    )
    const { choices, done } = await collectChoices(tiny.llm.choose(prompt, candidates, one))
    const chosen = done.probabilities[choices[0] ?? -1] ?? 0
    const other = done.probabilities[candidates.indexOf(text)] ?? 0
    // Greedy decoding takes the likeliest token each time, which may not be the likeliest line.
    expect(chosen).toBeGreaterThanOrEqual(other)
    expect(candidates).toContain(text)
  }
})

test('the refusal can be chosen, and nothing follows it', async () => {
  const candidates = [refusal, 'Zz qq xx.', 'Xx zz.']
  const prior = [1, 0, 0]
  const { choices, done } = await choose('Who?', candidates, { maxChoices: 3, final: [0], prior })
  expect(choices).toEqual([0])
  expect(done.stop).toBe('end')
})

test('probabilities do not depend on the order of the candidates', async () => {
  const question = 'What did the lamp burn?'
  const candidates = [lines.oil, lines.lit, lines.pier, refusal]
  const key = candidates.slice(0, 3)
  // The prompt is read beforehand, so that both are computed in the same way.
  await choose(question, candidates, one, key)
  const forward = await choose(question, candidates, one, key)
  const backward = await choose(question, candidates.toReversed(), one, key)
  const back = backward.done.probabilities.toReversed()
  for (const [index, probability] of forward.done.probabilities.entries()) {
    expect(probability).toBeCloseTo(back[index] ?? 0, 3)
  }
})

test('several lines are chosen, each once', async () => {
  const candidates = [lines.lit, lines.keeper, lines.oil, refusal]
  const { choices, done } = await choose('What is known about the lighthouse?', candidates, {
    maxChoices: 3,
    final: [3],
  })
  expect(choices.length).toBeGreaterThanOrEqual(1)
  expect(new Set(choices).size).toBe(choices.length)
  if (choices.length > 1) expect(choices).not.toContain(3)
  expect(sum(done.probabilities)).toBeCloseTo(1, 9)
})

test.each([
  [
    'odd characters',
    ['“Ça coûte 5 € — soit 6 $…” [1]', '“日本語の文。” [2]', '“🦙\u200D🔥 \u0301x” [1]'],
  ],
  ['quotation marks and backslashes', ['“He said "no" \\ twice.” [1]', "“It's ‘so’.” [2]"]],
  ['line breaks and spaces', ['“a  b\n\nc” [1]', '“a  b\n c” [1]']],
  ['one beginning with the other', ['“Yes” [1]', '“Yes” [1][2]', '“Yes']],
  [
    'the same sentence from two sources',
    ['“The same words here.” [1]', '“The same words here.” [2]'],
  ],
])('%s: one of the candidates comes out', async (_, candidates) => {
  for (const maxChoices of [1, 3]) {
    const { choices, done } = await choose('What?', candidates, { maxChoices, final: [] })
    expect(choices.length).toBeGreaterThanOrEqual(1)
    expect(choices.length).toBeLessThanOrEqual(maxChoices)
    for (const index of choices) expect(candidates[index]).toBeDefined()
    expect(sum(done.probabilities)).toBeCloseTo(1, 9)
    for (const probability of done.probabilities) expect(probability).toBeGreaterThanOrEqual(0)
  }
})

test('equal candidates count as one, and are not chosen twice', async () => {
  const candidates = [lines.lit, lines.lit, lines.lit, lines.oil]
  const { choices, done } = await choose('When was it lit?', candidates, {
    maxChoices: 4,
    final: [],
  })
  expect(done.probabilities[1]).toBe(0)
  expect(done.probabilities[2]).toBe(0)
  expect(sum(done.probabilities)).toBeCloseTo(1, 9)
  expect(choices.length).toBeLessThanOrEqual(2)
})

test('a single candidate is certain: nothing is read', async () => {
  const { choices, done } = await choose('When was it lit?', [lines.lit])
  expect(choices).toEqual([0])
  expect(done.probabilities).toEqual([1])
  expect(done.tokens.generated).toBe(0)
})

test('a prior changes the choice, but not the reported probabilities', async () => {
  const candidates = Object.values(lines)
  const question = 'Where does the harbour master live?'
  await choose(question, candidates)
  const free = await choose(question, candidates)
  const first = free.choices[0] ?? -1
  const wanted = (first + 1) % candidates.length
  const prior = candidates.map((_, index) => (index === wanted ? 1 : 0))
  const turned = await choose(question, candidates, { ...one, prior })
  expect(turned.choices).toEqual([wanted])
  // The visited branches may differ, and so may the reused tokens; the probabilities may not.
  expect(turned.done.probabilities[first]).toBeCloseTo(free.done.probabilities[first] ?? -1, 3)
})

test('choosing among no candidates is an error', async () => {
  await expect(choose('What?', [])).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(choose('What?', ['', 'a'])).rejects.toMatchObject({ code: 'invalid-input' })
})

test('a prompt that does not fit is refused', async () => {
  const question = 'and so on and so forth '.repeat(400)
  await expect(choose(question, Object.values(lines))).rejects.toMatchObject({
    code: 'prompt-too-long',
  })
})

test('stop ends the choice without an error', async () => {
  const controller = new AbortController()
  const prompt = groundedPrompt('When?', sources, [lines.oil, lines.fires])
  const items = tiny.llm.choose(prompt, Object.values(lines), one, controller.signal)
  const all = []
  for await (const item of items) {
    all.push(item)
    controller.abort()
  }
  const done = all.at(-1)
  expect(done).toMatchObject({ type: 'done', stop: 'aborted' })
  if (done?.type === 'done') expect(sum(done.probabilities)).toBeCloseTo(1, 9)
})
