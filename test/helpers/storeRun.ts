import path from 'node:path'
import { createPaths } from '../../src/main/disk/paths.ts'
import {
  createRunFolder,
  resultsOf,
  writeState,
} from '../../src/main/templates/running/runFolder.ts'
import { openResultsFile } from '../../src/main/templates/running/resultsFile.ts'
import { openTemplateStore } from '../../src/main/templates/store/templateStore.ts'
import { createTestSetStore } from '../../src/main/templates/store/testSetStore.ts'
import type { Template } from '../../src/shared/domain/template/template.ts'
import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import type { TestRow } from '../../src/shared/domain/testRun/testSet.ts'
import { madeArm, madeResult } from './runResults.ts'
import { failOnNotice } from './storeConversations.ts'

/** A row with what a model is to have answered. */
export interface AnsweredRow extends TestRow {
  readonly reply: string
}

/** Writes a template with a test set and a run of it into a data folder, as an earlier start would have. */
export async function storeRun(
  dataDir: string,
  template: Template,
  answered: readonly AnsweredRow[],
): Promise<void> {
  const { templates } = createPaths(dataDir)
  const store = await openTemplateStore(templates, failOnNotice)
  const id = await store.createSaved(template)
  const sets = createTestSetStore({ folderOf: (one) => store.folderOf(one), notice: failOnNotice })
  const rows = answered.map(({ reply: _, ...row }) => row)
  const set = await sets.create(id, 'Rows', rows)
  const directory = path.join(store.folderOf(id), 'runs', 'run')
  await createRunFolder(
    directory,
    {
      schema: 1,
      id: 'run',
      template: id,
      plan: { kind: 'test', versions: [1], method: 'generate' },
      arms: [madeArm('few-shot')],
      testSet: { id: set.id, name: set.name },
      rows: rows.map((row) => row.id),
      model: null,
      embedder: 'e',
      decoding: template.decoding,
      appVersion: '0.1.0',
      startedAt: '2026-01-01T00:00:00.000Z',
    },
    rows,
  )
  const results = await openResultsFile(resultsOf({ directory }))
  for (const [index, { id: row, reply }] of answered.entries()) {
    await results.add(madeResult(index, { row, reply, check: checkReply(template.format, reply) }))
  }
  await results.close()
  await writeState(directory, { status: 'done', message: null, done: answered.length, failed: 0 })
  await sets.close()
  await store.close()
}
