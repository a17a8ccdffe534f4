import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createApp } from '../../src/main/app.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { HostProcess } from '../../src/main/processes/hostProcess.ts'
import { createModelHashes } from '../../src/main/templates/running/modelHash.ts'
import { findRuns, resultsOf } from '../../src/main/templates/running/runFolder.ts'
import { createTestRuns, type TestRuns } from '../../src/main/templates/running/testRuns.ts'
import { rowResult, type RowResult, type RunSummary } from '../../src/shared/domain/testRun/run.ts'
import { buildProgram } from '../helpers/buildProgram.ts'
import { createRunMaterial, moodRows, moodTemplate } from '../helpers/runMaterial.ts'
import { createTempDir } from '../helpers/tempDir.ts'

const context = { signal: new AbortController().signal }
const ladder = {
  kind: 'ladder' as const,
  version: 1,
  arms: ['zero-shot', 'few-shot'] as ('zero-shot' | 'few-shot')[],
  nearest: true,
  grammarToggled: false,
}

async function openRuns(rows: number) {
  const dataDir = await createTempDir()
  const started: HostProcess[] = []
  const fork = createForkedHosts(path.resolve('out/main'))
  const app = await createApp({
    dataDir,
    resourcesDir: path.resolve('resources'),
    shell: 'browser',
    startHost(entry, options) {
      const process = fork(entry, options)
      if (entry === 'llm.host') started.push(process)
      return process
    },
  })
  const templatesDir = path.join(dataDir, 'templates')
  const material = createRunMaterial(moodRows(rows))
  const runs = await createTestRuns({
    running: app.templates.running.inBackground,
    material,
    hashes: createModelHashes(path.join(dataDir, 'model-hashes.json'), () => undefined),
    templatesDir,
    notice: () => undefined,
  })
  return {
    app,
    runs,
    material,
    templatesDir,
    killModel() {
      const pid = started.at(-1)?.pid
      if (pid === undefined) throw new Error('No model runs')
      process.kill(pid, 'SIGKILL')
    },
    async [Symbol.asyncDispose]() {
      await runs.dispose()
      await app.dispose()
    },
  }
}

function until(runs: TestRuns, matches: (summary: RunSummary) => boolean): Promise<RunSummary> {
  return new Promise((resolve) => {
    const stop = runs.changed((summary) => {
      if (!matches(summary)) return
      stop()
      resolve(summary)
    })
  })
}

async function storedResults(templatesDir: string): Promise<readonly RowResult[]> {
  const [folder] = await findRuns(templatesDir, (sentence) => expect.fail(sentence))
  if (folder === undefined) throw new Error('There is no run')
  const text = await readFile(resultsOf(folder), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => rowResult.parse(JSON.parse(line)))
}

test('a run answers every row in every arm, and figures, results and export agree', async () => {
  await using bench = await openRuns(12)
  const { runs } = bench
  const done = until(runs, ({ status }) => status === 'done')
  const { record } = await runs.start({ template: 'mood', testSet: 's', plan: ladder }, context)
  expect(await done).toMatchObject({ done: 36, total: 36, failed: 0, message: null })
  expect(record.model?.sha256).toMatch(/^[0-9a-f]{64}$/u)

  const { arms, verdict, comparisons } = await runs.figures({ id: record.id }, context)
  expect(Object.keys(arms)).toEqual(['zero-shot', 'few-shot', 'nearest'])
  expect(arms['few-shot']).toMatchObject({ n: 12, scored: 12, failed: 0 })
  expect(arms.nearest?.tokens.prompt).toBe(0)
  expect(verdict.headline).not.toBe('')
  expect(comparisons.length).toBeGreaterThan(0)

  const query = { run: record.id, arm: 'few-shot', sort: 'row' as const, from: 0, count: 500 }
  const wrong = await runs.results({ ...query, filter: { kind: 'wrong' } }, context)
  const right = 12 - wrong.total
  expect(arms['few-shot']?.exactMatch?.value).toBeCloseTo(right / 12)
  const { text } = await runs.exportRun({ id: record.id, kind: 'csv' }, context)
  expect((text ?? '').trimEnd().split('\n')).toHaveLength(37)
})

test('two models and two settings of them are one run, one model after another', async () => {
  await using bench = await openRuns(6)
  const { runs, templatesDir } = bench
  const bundled = path.resolve('resources/models/penknife-tiny/penknife-tiny-q8_0.gguf')
  const directory = await createTempDir()
  const [copy, twin] = ['copy', 'twin'].map((name) => path.join(directory, `${name}.gguf`))
  if (copy === undefined || twin === undefined) throw new Error('Two files are needed')
  const bytes = await readFile(bundled, 'latin1')
  await writeFile(copy, bytes, 'latin1')
  await writeFile(twin, bytes.replace('penknife-tiny', 'penknife-twin'), 'latin1')

  const done = until(runs, ({ status }) => status === 'done' || status === 'paused')
  const settings = [{}, { topP: 0.5 }, { temperature: 1, topK: 5, stopTexts: ['zzz'] }]
  const plan = { kind: 'models' as const, version: 1, models: [bundled, copy, twin], settings }
  const { record } = await runs.start({ template: 'mood', testSet: 's', plan }, context)
  expect(await done).toMatchObject({
    status: 'done',
    done: 24,
    total: 24,
    failed: 0,
    message: null,
  })

  expect(record.models?.map(({ name }) => name)).toEqual(['penknife-tiny', 'penknife-twin'])
  expect(new Set(record.models?.map(({ sha256 }) => sha256)).size).toBe(2)
  expect(record.notRun).toHaveLength(3)
  const ids = record.arms.map(({ id }) => id)
  const stored = await storedResults(templatesDir)
  expect(stored.map(({ arm }) => arm)).toEqual(ids.flatMap((id) => Array<string>(6).fill(id)))
  const { arms, comparisons, verdict } = await runs.figures({ id: record.id }, context)
  expect(Object.keys(arms)).toEqual(ids)
  expect(comparisons).toHaveLength(4)
  expect(verdict.headline).not.toBe('')
})

test('the prefix of all rows is read once: tokens read are those of the prefix and the rows', async () => {
  await using bench = await openRuns(30)
  const { runs, app } = bench
  const done = until(runs, ({ status }) => status === 'done')
  const plan = { ...ladder, arms: ['few-shot' as const], nearest: false }
  const { record } = await runs.start({ template: 'mood', testSet: 's', plan }, context)
  await done
  const { arms } = await runs.figures({ id: record.id }, context)
  const tokens = arms['few-shot']?.tokens
  const { llm } = app.answerDeps
  const own = await llm.countTokens(
    moodRows(30).map(({ values }) => `Input: ${values.INPUT ?? ''}\nOutput: [/INST]`),
  )
  const rowTokens = own.reduce((sum, one) => sum + one, 0)
  const prefix = (tokens?.prompt ?? 0) - rowTokens
  expect(prefix / 30).toBeGreaterThan(60)
  expect(tokens?.evaluated).toBeLessThanOrEqual(prefix / 30 + 1.05 * rowTokens)
  expect(moodTemplate.examples).toHaveLength(4)
})

test('if the model is killed on a row, that row says so, the others continue, and it can be rerun', async () => {
  // Progress is announced four times a second: enough rows that one is being answered then.
  const rows = 120
  await using bench = await openRuns(rows)
  const { runs } = bench
  const plan = { ...ladder, arms: ['few-shot' as const], nearest: false }
  let killed = false
  runs.changed(({ done }) => {
    if (done < 3 || killed) return
    killed = true
    bench.killModel()
  })
  const done = until(runs, ({ status }) => status === 'done')
  const { record } = await runs.start({ template: 'mood', testSet: 's', plan }, context)
  expect(await done).toMatchObject({ done: rows, failed: 1 })
  const query = { run: record.id, arm: 'few-shot', sort: 'row' as const, from: 0, count: 500 }
  const failed = await runs.results({ ...query, filter: { kind: 'failed' } }, context)
  expect(failed.results[0]?.result.error?.code).toBe('host-crashed')
  expect(failed.results[0]?.result.score?.exactMatch).toBe(false)

  const again = until(runs, ({ status, failed: left }) => status === 'done' && left === 0)
  await runs.rerunFailed({ id: record.id }, context)
  expect(await again).toMatchObject({ done: rows, failed: 0 })
  expect(await storedResults(bench.templatesDir)).toHaveLength(rows + 1)
})

test('a run is paused and resumed without answering a row twice', async () => {
  await using bench = await openRuns(30)
  const { runs } = bench
  const begun = until(runs, ({ done }) => done >= 2)
  const { record } = await runs.start({ template: 'mood', testSet: 's', plan: ladder }, context)
  await begun
  await runs.pause({ id: record.id }, context)
  const [paused] = await runs.list({ template: 'mood' }, context)
  expect(paused?.status).toBe('paused')
  expect(paused?.done).toBeLessThan(90)
  const done = until(runs, ({ status }) => status === 'done')
  await runs.resume({ id: record.id }, context)
  await done
  expect(await storedResults(bench.templatesDir)).toHaveLength(90)
})

test('if the app is killed twice, the run resumes at its position', async () => {
  const program = await buildProgram('runAndDie')
  const dataDir = await createTempDir()
  const start = (answers: number) =>
    promisify(execFile)(process.execPath, [program, dataDir, '40', String(answers)])
  await expect(start(5)).rejects.toMatchObject({ signal: 'SIGKILL' })
  await expect(start(5)).rejects.toMatchObject({ signal: 'SIGKILL' })
  await start(0)
  const results = await storedResults(path.join(dataDir, 'templates'))
  expect(results).toHaveLength(120)
  expect(new Set(results.map(({ arm, row }) => `${arm} ${row}`)).size).toBe(120)
})

test('a suggestion is chosen on the requested number of rows, and each step is better', async () => {
  await using bench = await openRuns(20)
  const items = []
  const method = 'greedy' as const
  const input = { template: 'mood', version: 1, testSet: 's', method, most: 2, rows: 8 }
  for await (const item of bench.runs.suggestExamples(input, context)) items.push(item)
  expect(items.at(-1)).toEqual({ type: 'done' })
  const without = items.find((item) => item.type === 'without')
  if (without?.type !== 'without') throw new Error('Nothing was counted without examples')
  expect(without.rows).toHaveLength(8)
  let { right } = without
  for (const item of items) {
    if (item.type !== 'step') continue
    expect(item.step.right).toBeGreaterThan(right)
    right = item.step.right
  }
})
