/**
 * Opens the app, starts or resumes a test run, and kills itself after `ANSWERS` answers.
 *
 *     node runAndDie.js DATA_DIR ROWS ANSWERS
 *
 * `ANSWERS` 0: it is not killed and ends when the run is done.
 */
import path from 'node:path'
import { createApp } from '../../../src/main/app.ts'
import { createForkedHosts } from '../../../src/main/processes/forkedHost.ts'
import { createModelHashes } from '../../../src/main/templates/running/modelHash.ts'
import { createTestRuns } from '../../../src/main/templates/running/testRuns.ts'
import { createRunMaterial, moodRows } from '../runMaterial.ts'

const [dataDir = '', rows = '', answers = ''] = process.argv.slice(2)
const app = await createApp({
  dataDir,
  resourcesDir: path.resolve('resources'),
  shell: 'browser',
  startHost: createForkedHosts(path.resolve('out/main')),
})
const runs = await createTestRuns({
  running: app.templates.running.inBackground,
  material: createRunMaterial(moodRows(Number(rows))),
  hashes: createModelHashes(path.join(dataDir, 'model-hashes.json'), () => undefined),
  templatesDir: path.join(dataDir, 'templates'),
  notice: () => undefined,
})
const context = { signal: new AbortController().signal }
let before: number | undefined
const done = new Promise<void>((resolve) => {
  runs.changed(({ status, done: answered }) => {
    before ??= answered
    if (answers !== '0' && answered - before >= Number(answers))
      process.kill(process.pid, 'SIGKILL')
    if (status === 'done') resolve()
  })
})
if ((await runs.list({ template: null }, context)).length > 0) await runs.resumeInterrupted()
else {
  const plan = {
    kind: 'ladder',
    version: 1,
    arms: ['zero-shot', 'few-shot'],
    nearest: true,
    grammarToggled: false,
  } as const
  await runs.start(
    { template: 'mood', testSet: 'set', plan: { ...plan, arms: [...plan.arms] } },
    context,
  )
}
await done
await runs.dispose()
await app.dispose()
