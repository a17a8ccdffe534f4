import { expect, it } from 'vitest'
import { createTestRuns } from '../../../../src/main/templates/running/testRuns.ts'
import { createFakeLlm } from '../../../helpers/fakeLlm.ts'
import { createFakeRunning } from '../../../helpers/fakeRunning.ts'
import { createRunMaterial, moodRows } from '../../../helpers/runMaterial.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'

const context = { signal: new AbortController().signal }
const plan = { kind: 'test' as const, versions: [1], method: 'generate' as const }
const input = { template: 'mood', testSet: 's', plan }

function fail(error: unknown): never {
  throw error
}

/** Runs of a template that can be deleted and restored. */
async function setUp(pace?: () => Promise<void>) {
  const llm = createFakeLlm('good', pace)
  const { inBackground } = createFakeRunning(llm)
  let there = true
  const runs = await createTestRuns({
    running: inBackground,
    material: { ...createRunMaterial(moodRows(4)), isThere: () => there },
    hashes: { of: () => Promise.resolve('0'.repeat(64)) },
    templatesDir: await createTempDir(),
    notice: fail,
  })
  return {
    runs,
    statuses: async (template: string | null = 'mood') =>
      (await runs.list({ template }, context)).map(({ status }) => status),
    setThere: (now: boolean) => {
      there = now
      runs.templatesChanged()
    },
    async [Symbol.asyncDispose]() {
      await runs.dispose()
    },
  }
}

it('hides the runs of a template that is deleted, and shows them when it is restored', async () => {
  await using bench = await setUp()
  const { runs, statuses, setThere } = bench
  await runs.start(input, context)
  await expect.poll(() => statuses()).toEqual(['done'])
  setThere(false)
  expect(await statuses()).toEqual([])
  expect(await statuses(null)).toEqual([])
  setThere(true)
  expect(await statuses()).toEqual(['done'])
})

it('pauses the running run of a deleted template, and starts no other for it', async () => {
  const answers: (() => void)[] = []
  await using bench = await setUp(() => new Promise((resolve) => answers.push(resolve)))
  const { runs, statuses, setThere } = bench
  await runs.start(input, context)
  await runs.start(input, context)
  await expect.poll(() => answers).toHaveLength(1)
  setThere(false)
  answers[0]?.()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(answers).toHaveLength(1)
  setThere(true)
  expect([...(await statuses())].sort()).toEqual(['paused', 'waiting'])
})
