import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createModelHashes } from '../../../../src/main/templates/running/modelHash.ts'
import { createTestRuns } from '../../../../src/main/templates/running/testRuns.ts'
import { createFakeLlm, fakeInfo, pauseAfter, type FakeLlm } from '../../../helpers/fakeLlm.ts'
import { createFakeRunning } from '../../../helpers/fakeRunning.ts'
import { ggufFile, llamaMetadata, llamaTensors } from '../../../helpers/gguf.ts'
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

it('resumes a run of several models at the row where it stopped, with the model of that row', async () => {
  const templatesDir = await createTempDir()
  const files = await Promise.all(
    ['one', 'two'].map(async (name) => {
      const file = path.join(templatesDir, `${name}.gguf`)
      await writeFile(file, ggufFile({ ...llamaMetadata, 'general.name': name }, llamaTensors))
      return file
    }),
  )
  const asked: string[] = []
  const start = (llm: FakeLlm) => {
    const { inBackground } = createFakeRunning(llm)
    const infos = new Map(files.map((file) => [file, { ...fakeInfo, file }]))
    return createTestRuns({
      running: {
        ...inBackground,
        model: (_, __, file) => {
          if (file !== undefined && asked.at(-1) !== file) asked.push(file)
          return Promise.resolve(file === undefined ? fakeInfo : (infos.get(file) ?? null))
        },
      },
      material: createRunMaterial(moodRows(4)),
      hashes: createModelHashes(path.join(templatesDir, 'hashes.json'), fail),
      templatesDir,
      notice: fail,
    })
  }
  // The second model's second row waits for its answer until the app ends.
  const waiting = createFakeLlm('good', pauseAfter(5))
  const first = await start(waiting)
  const models = { kind: 'models' as const, version: 1, models: files, settings: [{}] }
  const { record } = await first.start({ ...input, plan: models }, context)
  await expect.poll(() => waiting.prompts.length).toBe(6)
  await first.dispose()
  asked.length = 0
  const second = await start(createFakeLlm('good'))
  await second.resumeInterrupted()
  await expect
    .poll(async () => (await second.list({ template: 'mood' }, context))[0]?.status)
    .toBe('done')
  expect(asked).toEqual([files[1]])
  const { arms } = await second.figures({ id: record.id }, context)
  expect(Object.values(arms).map(({ n }) => n)).toEqual([4, 4])
  await second.dispose()
})
