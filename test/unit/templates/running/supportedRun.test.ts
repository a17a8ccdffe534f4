import { describe, expect, it } from 'vitest'
import { judgeResults } from '../../../../src/main/templates/running/judgeResults.ts'
import { runArms } from '../../../../src/main/templates/running/runArms.ts'
import { template } from '../../../../src/shared/domain/template/template.ts'
import { findUnjudged } from '../../../../src/shared/domain/testRun/notJudged.ts'
import type { RowResult } from '../../../../src/shared/domain/testRun/run.ts'
import type { TestRow } from '../../../../src/shared/domain/testRun/testSet.ts'
import { createFakeLlm, fakeInfo } from '../../../helpers/fakeLlm.ts'
import { createFakeRunning } from '../../../helpers/fakeRunning.ts'
import { madeArm } from '../../../helpers/runResults.ts'

const supported = template.parse({
  name: 'Answer from a passage',
  instruction: 'Answer from the context only.',
  input: 'Context: <CONTEXT>\nQuestion: <INPUT>',
  optional: { CONTEXT: '' },
  format: { kind: 'text', measure: { kind: 'supported' } },
})

function row(id: string, INPUT: string, CONTEXT: string): TestRow {
  return { id, values: { INPUT, CONTEXT }, expected: null, included: null }
}

const rows = [
  row('true', 'What is the rent?', 'The rent is 1,250 euros a month.'),
  row('false', 'What is the deposit?', 'The deposit is 3,000 euros.'),
  row('none', 'What is the garage?', ''),
]

/** Answers as scripted for each row; the model writes nothing of its own. */
async function run() {
  const llm = createFakeLlm(({ user }) => {
    if (user.includes('deposit')) return 'The deposit is 2,000 euros.'
    return user.includes('rent') ? 'The rent is 1,250 euros a month.' : 'The garage is 90 euros.'
  })
  const arm = madeArm('zero-shot', { sources: false })
  const results: RowResult[] = []
  await runArms(
    createFakeRunning(llm).inBackground,
    {
      arms: [arm],
      rows,
      templateOf: () => supported,
      isDone: () => false,
      modelFile: fakeInfo.file,
      models: [],
    },
    { armStarted: () => undefined, add: (result) => void results.push(result) },
    new AbortController().signal,
  )
  const judged = await judgeResults({
    plan: { kind: 'test', versions: [1], method: 'generate' },
    arms: [arm],
    templates: new Map([[1, supported]]),
    rows: rows.length,
    unjudged: findUnjudged(rows, supported.format),
    notRun: [],
    results: new Map([[arm.id, results]]),
  })
  return { results: new Map(results.map((one) => [one.row, one])), judged }
}

describe('a run whose answers passages have to support', () => {
  it('calls the true figure right and the false one wrong, without expected answers', async () => {
    const { results } = await run()
    expect(results.get('true')?.score?.exactMatch).toBe(true)
    expect(results.get('false')?.score?.exactMatch).toBe(false)
    expect(results.get('false')?.score?.fields.answer?.why).toContain('Not in the passage: 2,000.')
    expect(results.get('none')).toMatchObject({
      score: null,
      notJudged: 'Not judged: this row has no passage.',
    })
  })

  it('counts the judged rows, and names how many have no passage', async () => {
    const { judged } = await run()
    const figures = judged.arms['zero-shot']
    expect(figures).toMatchObject({ n: 3, scored: 2, noPassage: 1, exactMatch: { value: 0.5 } })
    const said = judged.verdict.details.find(({ rule }) => rule === 'no-passage')
    expect(said?.sentence).toContain('1 row of')
    expect(judged.verdict.details.map(({ rule }) => rule)).not.toContain('not-judged')
  })
})
