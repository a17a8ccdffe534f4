import type { CheckedStore } from '../../shared/domain/dataFault.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import { damagedCopies } from '../disk/damagedCopies.ts'
import { rejectOnAbort } from '../flow/rejectOnAbort.ts'
import type { Library } from '../documents/library.ts'
import type { Answers } from './answers.ts'
import { createDataCheck, type DataCheck, type StoreTask } from './dataCheck.ts'
import type { Documents } from './documents.ts'
import type { Foundation } from './foundation.ts'
import type { Models } from './models.ts'
import type { Templates } from './templates.ts'

/** The check of all that is in the data folder. */
export function composeDataCheck(
  { paths, settings }: Pick<Foundation, 'paths' | 'settings'>,
  { actions }: Pick<Models, 'actions'>,
  { library, indexChecks }: Pick<Documents, 'library' | 'indexChecks'>,
  {
    store,
    testSets,
    runs,
    hashesCheck,
  }: Pick<Templates, 'store' | 'testSets' | 'runs' | 'hashesCheck'>,
  { conversations }: Pick<Answers, 'conversations'>,
): DataCheck {
  async function testSetChecks(): Promise<readonly CheckTask[]> {
    const all = await Promise.all(store.list().map(({ id }) => testSets.checks(id)))
    return all.flat()
  }
  const nameOf = (template: string): string =>
    store.list().find(({ id }) => id === template)?.name ?? template

  return createDataCheck({
    tasks: async (wholeModels) => [
      ...of('documents', library.checks()),
      ...of('index', indexChecks()),
      ...of('conversations', await conversations.checks()),
      ...of('templates', await store.checks()),
      ...of('test-sets', await testSetChecks()),
      ...of('runs', runs.checks(nameOf)),
      ...of('models', [...actions.checks(wholeModels), hashesCheck()]),
      ...of('settings', [settings.check('Settings'), ...(await damagedCopies(paths))]),
    ],
    paths,
    settled: (signal) => settled(library, signal),
    now: Date.now,
  })
}

function of(store: CheckedStore, tasks: readonly CheckTask[]): readonly StoreTask[] {
  return tasks.map((task) => ({ store, task }))
}

/** A paused import continues when a person resumes it. */
async function settled(
  library: Pick<Library, 'idle' | 'progress'>,
  signal: AbortSignal,
): Promise<void> {
  if (!library.progress().paused) await rejectOnAbort(library.idle(), signal)
}
