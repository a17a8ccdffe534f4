import { describe, expect, it } from 'vitest'
import { createSuggestions } from '../../../../src/main/templates/running/suggestExamples.ts'
import type { TestRow } from '../../../../src/shared/domain/testRun/testSet.ts'
import type { SuggestItem, SuggestMethod } from '../../../../src/shared/contract/testRuns.ts'
import { createFakeLlm, type FakeLlm } from '../../../helpers/fakeLlm.ts'
import { createFakeRunning } from '../../../helpers/fakeRunning.ts'
import { createRunMaterial, moodRows } from '../../../helpers/runMaterial.ts'

/** Says "good" to rows whose prompt has what it needs, and else something that is no label. */
function learner(needs: readonly string[]): FakeLlm {
  const llm = createFakeLlm()
  return {
    ...llm,
    generate(prompt, ...rest) {
      llm.prompts.push(prompt)
      const knows = needs.every((words) => prompt.user.includes(words))
      return createFakeLlm(knows ? 'good' : 'dunno').generate(prompt, ...rest)
    },
  }
}

/** Gets rows of even numbers right, and all behind two examples that are rows of the test set. */
function bootstrapper(): FakeLlm {
  const llm = createFakeLlm()
  return {
    ...llm,
    generate(prompt, ...rest) {
      const inputs = prompt.user.match(/I had a \w+ number \d+/gu) ?? []
      const knows = inputs.length >= 3 || /[02468]$/u.test(inputs.at(-1) ?? '')
      return createFakeLlm(knows ? 'good' : 'dunno').generate(prompt, ...rest)
    },
  }
}

const goodRows: readonly TestRow[] = moodRows(40).map((one) => ({ ...one, expected: 'good' }))

function setUp(llm: FakeLlm, rows = goodRows) {
  const { inBackground } = createFakeRunning(llm)
  const suggest = createSuggestions(inBackground, createRunMaterial(rows))
  async function run(
    most: number,
    wanted = 10,
    signal = new AbortController().signal,
    seen: (item: SuggestItem) => void = () => undefined,
    method: SuggestMethod = 'greedy',
  ) {
    const input = { template: 'mood', version: 1, testSet: 's', method, most, rows: wanted }
    const items: SuggestItem[] = []
    for await (const item of suggest(input, { signal })) {
      items.push(item)
      seen(item)
    }
    expect(items.at(-1)).toEqual({ type: 'done' })
    const without = items.find((item) => item.type === 'without')
    if (without?.type !== 'without') throw new Error('Nothing was counted without examples')
    const steps = items.flatMap((item) => (item.type === 'step' ? [item.step] : []))
    const sets = items.flatMap((item) => (item.type === 'set' ? [item] : []))
    return { items, without, steps, sets }
  }
  return { run, bootstrap: (most: number) => run(most, 20, undefined, undefined, 'bootstrapped') }
}

describe('a suggested set of examples', () => {
  it('is the one that makes rows right, and stops when no other example helps', async () => {
    const { run } = setUp(learner(['They lost my bag']))
    const { without, steps } = await run(3)
    expect(without).toMatchObject({ right: 0, of: 10 })
    expect(steps).toEqual([{ id: 'e2', right: 10, of: 10 }])
  })

  it('is empty if no example makes it better', async () => {
    const { run } = setUp(learner([]))
    const { without, steps } = await run(3)
    expect(without).toMatchObject({ right: 10, of: 10 })
    expect(steps).toEqual([])
  })

  it('takes no more answers than announced', async () => {
    const { run } = setUp(learner(['They lost my bag']))
    const { items } = await run(1)
    const progress = items.filter((item) => item.type === 'progress')
    // Ten rows without examples, and with each of four.
    expect(progress).toHaveLength(50)
    expect(progress.at(-1)).toEqual({ type: 'progress', done: 50, total: 50 })
  })

  it('is chosen on half of the rows at most, so that the rest is left to test with', async () => {
    const { run } = setUp(learner([]), moodRows(24))
    const { without } = await run(1, 100)
    expect(new Set(without.rows).size).toBe(12)
    expect(without.of).toBe(12)
  })

  it('uses rows with expected answers only, and says if there are too few', async () => {
    const rows = moodRows(30).map((one, index) => ({
      ...one,
      expected: index < 9 ? one.expected : null,
    }))
    const { run } = setUp(learner([]), rows)
    await expect(run(1)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('has reported what was found when it is stopped', async () => {
    const stop = new AbortController()
    const { run } = setUp(learner(['They lost my bag']))
    const told: SuggestItem[] = []
    const stopped = run(3, 10, stop.signal, (item) => {
      told.push(item)
      if (item.type === 'step') stop.abort()
    })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect(told.filter(({ type }) => type === 'without')).toHaveLength(1)
    expect(told.at(-1)).toEqual({ type: 'step', step: { id: 'e2', right: 10, of: 10 } })
  })
})

describe('a bootstrapped set of examples', () => {
  it('is the best of sets drawn from rows that the model gets right', async () => {
    const { without, sets, items } = await setUp(bootstrapper()).bootstrap(4)
    const written = items.find((item) => item.type === 'written')
    expect(written).toMatchObject({ right: without.right, of: 10 })
    expect(without.right).toBeLessThan(10)
    const best = sets.at(-1)
    expect(best).toMatchObject({ right: 10, of: 10 })
    const examples = best?.examples ?? []
    expect(examples.length).toBeGreaterThan(1)
    expect(examples.length).toBeLessThanOrEqual(4)
    for (const { values, output } of examples) {
      expect(values.INPUT).toMatch(/number \d*[02468] and/u)
      expect(output).toBe('good')
    }
  })

  it('is drawn from one half of the rows to be left out of the test, and scored on the other', async () => {
    const { without, sets } = await setUp(bootstrapper()).bootstrap(4)
    expect(new Set(without.rows).size).toBe(20)
    const taught = without.rows.slice(0, 10)
    const ids = (sets.at(-1)?.examples ?? []).map(({ id }) => id)
    expect(ids.filter((id) => !taught.includes(id))).toEqual([])
  })

  it('is none if no set makes it better, and takes as many answers as announced', async () => {
    // A single example does not help this model.
    const { sets, items } = await setUp(bootstrapper()).bootstrap(1)
    expect(sets).toEqual([])
    // Ten rows twice, the other ten once, and the first with each of eight sets.
    const progress = items.filter((item) => item.type === 'progress')
    expect(progress).toHaveLength(110)
    expect(progress.at(-1)).toEqual({ type: 'progress', done: 110, total: 110 })
  })

  it('is none if the model gets no row right', async () => {
    const { sets, without } = await setUp(learner(['never said'])).bootstrap(4)
    expect(without).toMatchObject({ right: 0, of: 10 })
    expect(sets).toEqual([])
  })
})
