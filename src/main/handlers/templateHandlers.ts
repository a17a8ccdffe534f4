import type { Starter } from '../../shared/contract/templates.ts'
import type { AppContract } from '../../shared/contract/index.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { importTemplate } from '../templates/store/importTemplate.ts'
import { exportTemplate } from '../templates/store/exportTemplate.ts'
import type { TemplateStore } from '../templates/store/templateStore.ts'
import type { TestSetStore } from '../templates/store/testSetStore.ts'

type TemplateHandlers = Handlers<AppContract>['templates']

export function createTemplateHandlers(deps: {
  readonly templates: TemplateStore
  readonly testSets: Pick<TestSetStore, 'rows'>
  readonly starters: readonly Starter[]
  readonly running: Pick<TemplateHandlers, 'preview' | 'try'>
}): TemplateHandlers {
  const { templates, testSets, starters, running } = deps
  return {
    list: () => templates.list(),
    listChanged: (listener) => templates.onChanged(listener),
    starters: () => starters,
    get: ({ id }) => templates.get(id),
    getVersion: ({ id, version }) => templates.getVersion(id, version),
    create: async ({ template }) => ({ id: await templates.create(template) }),
    async keepDraft({ id, template }) {
      await templates.keepDraft(id, template)
      return null
    },
    async discardDraft({ id }) {
      await templates.discardDraft(id)
      return null
    },
    save: ({ id, template, name }) => templates.save(id, template, name),
    async nameVersion({ id, version, name }) {
      await templates.nameVersion(id, version, name)
      return null
    },
    duplicate: async ({ id }) => ({ id: await templates.duplicate(id) }),
    remove({ id }) {
      templates.remove(id)
      return null
    },
    restore({ id }) {
      templates.restore(id)
      return null
    },
    importFile: async (file) => ({ id: await templates.createSaved(importTemplate(file)) }),
    async exportFile({ id, version, kind, testSet }) {
      const rows = testSet === null ? [] : await testSets.rows(testSet)
      return exportTemplate(await templates.getVersion(id, version), kind, rows)
    },
    preview: (input, context) => running.preview(input, context),
    try: (input, context) => running.try(input, context),
  }
}
