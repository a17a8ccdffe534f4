import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { TestRuns } from '../templates/running/testRuns.ts'
import type { FlaggedRows } from '../templates/store/flaggedRows.ts'
import type { TestSetStore } from '../templates/store/testSetStore.ts'
import type { TableImport } from '../templates/tables/tableImport.ts'

type TestRunHandlers = Handlers<AppContract>['testRuns']

export function createTestRunHandlers(deps: {
  readonly testSets: TestSetStore
  readonly rows: FlaggedRows
  readonly tables: TableImport
  readonly runs: Omit<TestRuns, 'dispose'>
}): TestRunHandlers {
  const { testSets, rows, tables, runs } = deps
  return {
    previewTable: (input, { signal }) => tables.preview(input, signal),
    readExamples: (input, { signal }) => tables.rows(input, signal),

    testSets: ({ template }) => testSets.list(template),
    testSetsChanged: (listener) => testSets.onChanged((template) => listener({ template })),
    async importTestSet({ templateId, name, into, ...input }, { signal }) {
      const found = await tables.testRows(input, signal)
      return into === null
        ? testSets.create(templateId, name, found)
        : testSets.putRows(into, found)
    },
    createTestSet: ({ template, name }) => testSets.create(template, name, []),
    renameTestSet: ({ id, name }) => testSets.rename(id, name),
    removeTestSet: ({ id }) => testSets.remove(id),
    restoreTestSet: ({ id }) => testSets.restore(id),
    rows: ({ testSet, template, from, count }) => rows.page(testSet, template, from, count),
    async putRow({ testSet, row }) {
      await testSets.putRows(testSet, [row])
    },
    markRows: ({ testSet, marks }) => rows.mark(testSet, marks),
    removeRows: ({ testSet, ids }) => testSets.removeRows(testSet, ids),

    start: (input, context) => runs.start(input, context),
    pause: (input, context) => runs.pause(input, context),
    resume: (input, context) => runs.resume(input, context),
    cancel: (input, context) => runs.cancel(input, context),
    rerunFailed: (input, context) => runs.rerunFailed(input, context),
    remove: (input, context) => runs.remove(input, context),
    async list(input, context) {
      // A window is open: what was at work when the app ended goes on.
      await runs.resumeInterrupted()
      return runs.list(input, context)
    },
    changed: (listener) => runs.changed(listener),
    removed: (listener) => runs.removed(listener),
    figures: (input, context) => runs.figures(input, context),
    compare: (input, context) => runs.compare(input, context),
    results: (input, context) => runs.results(input, context),
    exportRun: (input, context) => runs.exportRun(input, context),
    suggestExamples: (input, context) => runs.suggestExamples(input, context),
  }
}
