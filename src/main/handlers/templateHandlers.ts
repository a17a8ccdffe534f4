import type { Starter } from '../../shared/contract/templates.ts'
import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { exportTemplate } from '../templates/store/exportTemplate.ts'
import { storeImported } from '../templates/store/storeImported.ts'
import type { TemplateStore } from '../templates/store/templateStore.ts'
import type { TestSetStore } from '../templates/store/testSetStore.ts'

type TemplateHandlers = Handlers<AppContract>['templates']

export function createTemplateHandlers(deps: {
  readonly store: TemplateStore
  readonly testSets: Pick<TestSetStore, 'rows' | 'create'>
  readonly starters: readonly Starter[]
  readonly running: Pick<TemplateHandlers, 'preview' | 'try'>
}): TemplateHandlers {
  const { store, testSets, starters, running } = deps
  return {
    list: () => store.list(),
    listChanged: (listener) => store.onChanged(listener),
    starters: () => starters,
    get: ({ id }) => store.get(id),
    getVersion: ({ id, version }) => store.getVersion(id, version),
    create: async ({ template }) => ({ id: await store.create(template) }),
    keepDraft: ({ id, template }) => store.keepDraft(id, template),
    discardDraft: ({ id }) => store.discardDraft(id),
    save: ({ id, template, name }) => store.save(id, template, name),
    nameVersion: ({ id, version, name }) => store.nameVersion(id, version, name),
    duplicate: async ({ id }) => ({ id: await store.duplicate(id) }),
    remove: ({ id }) => store.remove(id),
    restore: ({ id }) => store.restore(id),
    importFile: (file) => storeImported(deps, file),
    async exportFile({ id, version, kind, testSet }) {
      const rows = testSet === null ? [] : await testSets.rows(testSet)
      return exportTemplate(await store.getVersion(id, version), kind, rows)
    },
    preview: (input, context) => running.preview(input, context),
    try: (input, context) => running.try(input, context),
  }
}
