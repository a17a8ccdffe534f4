import type { Starter } from '../../shared/contract/templates.ts'
import type { AnswerTemplates, ChosenTemplate } from '../prompting/chosenTemplate.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import { embedderInUse } from '../retrieval/embedderInUse.ts'
import { chooseTemplate, createAnswerTemplates } from '../templates/running/answerTemplates.ts'
import { createFindSources } from '../templates/running/findSources.ts'
import { createModelHashes, type ModelHashes } from '../templates/running/modelHash.ts'
import { createRunning, type Running } from '../templates/running/running.ts'
import { createTestRuns, type TestRuns } from '../templates/running/testRuns.ts'
import { createFlaggedRows, type FlaggedRows } from '../templates/store/flaggedRows.ts'
import { readStarters } from '../templates/store/starters.ts'
import { openTemplateStore, type TemplateStore } from '../templates/store/templateStore.ts'
import { createTestSetStore, type TestSetStore } from '../templates/store/testSetStore.ts'
import { createHostTableReader } from '../templates/tables/hostTableReader.ts'
import { createTableImport, type TableImport } from '../templates/tables/tableImport.ts'
import type { Documents } from './documents.ts'
import type { Foundation } from './foundation.ts'
import type { Models } from './models.ts'

/** The part for templates, test sets and test runs. */
export interface Templates {
  readonly store: TemplateStore
  readonly starters: readonly Starter[]
  readonly testSets: TestSetStore
  readonly rows: FlaggedRows
  readonly tables: TableImport
  readonly running: Running
  readonly runs: TestRuns
  /** Saved templates, for answering questions. */
  readonly saved: AnswerTemplates
  /** Prepares a template for answering questions. */
  choose(found: Pick<ChosenTemplate, 'id' | 'version' | 'template'>): ChosenTemplate
  readonly hashes: Pick<ModelHashes, 'of'>
  /** The check of the hashes of model files. */
  readonly hashesCheck: () => CheckTask
}

export async function composeTemplates(
  { paths, resources, startHost, notice, logger, disposer }: Foundation,
  { llm, foreground, loaded }: Pick<Models, 'llm' | 'foreground' | 'loaded'>,
  { library, index, retrieval }: Pick<Documents, 'library' | 'index' | 'retrieval'>,
): Promise<Templates> {
  const store = await openTemplateStore(paths.templates, notice)
  disposer.add(() => store.close())
  const testSets = createTestSetStore({ folderOf: (id) => store.folderOf(id), notice })
  disposer.add(() => testSets.close())
  const rows = createFlaggedRows(testSets)
  const tables = createTableImport(createHostTableReader({ start: startHost, spool: paths.spool }))
  const starters = await readStarters(resources.templates, notice)

  const running = createRunning({
    foreground,
    llm,
    embedder: embedderInUse(index),
    model: loaded,
    findSources: createFindSources({
      retrieval,
      contentsIn: (scope) => library.contentsIn(scope),
      isLive: (contentId) => library.isLive(contentId),
      documentOf: (contentId) => library.citedDocument(contentId),
    }),
    onUnexpectedError: (error) => logger.error('running a template failed', error),
  })
  disposer.add(() => running.runner.dispose())
  const hashes = createModelHashes(paths.modelHashes, notice)
  const runs = await createTestRuns({
    running: running.inBackground,
    material: {
      isThere: (id) => store.list().some((one) => one.id === id),
      version: (id, version) => store.getVersion(id, version),
      testSet: (id) => testSets.get(id),
      includedRows: (id, template) => rows.included(id, template),
    },
    hashes,
    templatesDir: paths.templates,
    notice,
  })
  disposer.add(() => runs.dispose())
  store.onChanged(() => runs.templatesChanged())

  const { vectors } = running.inBackground
  const saved = createAnswerTemplates({
    vectors,
    list: () => store.list(),
    getVersion: (id, version) => store.getVersion(id, version),
  })
  const choose: Templates['choose'] = (found) => chooseTemplate(vectors, found)
  const hashesCheck = () => hashes.check('Hashes of models')
  return {
    store,
    starters,
    testSets,
    rows,
    tables,
    running,
    runs,
    saved,
    choose,
    hashes,
    hashesCheck,
  }
}
