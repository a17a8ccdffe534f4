import { describe, expect, it } from 'vitest'
import { createForeground } from '../../../../src/main/llm/foreground.ts'
import { createRunning } from '../../../../src/main/templates/running/running.ts'
import { createSuggestions } from '../../../../src/main/templates/running/suggestExamples.ts'
import type { TestRow } from '../../../../src/shared/domain/testRun/testSet.ts'
import type { SuggestItem } from '../../../../src/shared/contract/testRuns.ts'
import { createFakeEmbedder } from '../../../helpers/fakeEmbedder.ts'
import { createFakeLlm, fakeInfo, type FakeLlm } from '../../../helpers/fakeLlm.ts'
import { createRunMaterial, moodRows, moodTemplate } from '../../../helpers/runMaterial.ts'

/** Says "good" to rows whose prompt shows what it needs, and else what is in no list. */
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

const goodRows: readonly TestRow[] = moodRows(40).map((one) => ({ ...one, expected: 'good' }))

function setUp(llm: FakeLlm, rows = goodRows) {
  const { inBackground } = createRunning({
    llm,
    foreground: createForeground(llm),
    embedder: createFakeEmbedder(),
    model: () => Promise.resolve(fakeInfo),
    findSources: () => Promise.resolve([]),
    onUnexpectedError: (error) => {
      throw error
    },
  })
  const material = createRunMaterial(rows)
  const suggest = createSuggestions(inBackground, material)
  async function run(
    most: number,
    wanted = 10,
    signal = new AbortController().signal,
    seen: (item: SuggestItem) => void = () => undefined,
  ) {
    const input = { template: 'mood', version: 1, testSet: 's', most, rows: wanted }
    const items: SuggestItem[] = []
    for await (const item of suggest(input, { signal })) {
      items.push(item)
      seen(item)
    }
    const done = items.at(-1)
    if (done?.type !== 'done') throw new Error('It did not end')
    return { items, done }
  }
  return { run, material }
}

describe('a suggested set of examples', () => {
  it('is the one that makes rows right, and ends when nothing more helps', async () => {
    const { run } = setUp(learner(['They lost my bag']))
    const { done } = await run(3)
    expect(done.before).toEqual({ right: 0, of: 10 })
    expect(done.ids).toEqual(['e2'])
    expect(done.steps).toEqual([{ id: 'e2', right: 10, of: 10 }])
  })

  it('is empty where no example makes it better', async () => {
    const { run } = setUp(learner([]))
    const { done } = await run(3)
    expect(done).toMatchObject({ ids: [], steps: [], before: { right: 10, of: 10 } })
  })

  it('counts as many answers as it said it would at most', async () => {
    const { run } = setUp(learner(['They lost my bag']))
    const { items } = await run(1)
    const progress = items.filter((item) => item.type === 'progress')
    // Ten rows without examples, and with each of four.
    expect(progress).toHaveLength(50)
    expect(progress.at(-1)).toEqual({ type: 'progress', done: 50, total: 50 })
  })

  it('is chosen on rows that no test counts afterwards, half of them at most', async () => {
    const { run, material } = setUp(learner([]), moodRows(24))
    const { done } = await run(1, 100)
    expect(done.rows).toHaveLength(12)
    expect([...material.leftOut].sort()).toEqual([...done.rows].sort())
    const left = await material.includedRows('s', moodTemplate)
    expect(left.filter(({ id }) => done.rows.includes(id))).toEqual([])
  })

  it('takes rows with expected answers only, and says when there are too few', async () => {
    const rows = moodRows(30).map((one, index) => ({
      ...one,
      expected: index < 9 ? one.expected : null,
    }))
    const { run, material } = setUp(learner([]), rows)
    await expect(run(1)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(material.leftOut.size).toBe(0)
  })

  it('keeps what was found when it is stopped', async () => {
    const stop = new AbortController()
    const { run } = setUp(learner(['They lost my bag']))
    const { done } = await run(3, 10, stop.signal, (item) => {
      if (item.type === 'step') stop.abort()
    })
    expect(done.ids).toEqual(['e2'])
    expect(done.before).toEqual({ right: 0, of: 10 })
  })
})
