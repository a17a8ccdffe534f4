import type { TemplateSummary } from '../../../../shared/contract/templates.ts'
import type { Template } from '../../../../shared/domain/template/template.ts'
import type { Api } from '../../api/api.ts'
import { showError, showToast } from '../../ui/toasts.ts'
import { chooseTextFile } from './chooseTextFile.ts'
import type { ImportedFile } from './ImportNotes.tsx'
import type { TemplatesStore } from './templatesStore.ts'

export interface TemplateActions {
  readonly create: (template: Template) => void
  readonly open: (id: string) => void
  readonly close: () => void
  readonly save: () => void
  readonly importFile: () => void
  readonly duplicate: (id: string) => void
  readonly remove: (template: Pick<TemplateSummary, 'id' | 'name'>) => void
}

/**
 * Creates the actions on whole templates. Each shows a message about its result or error.
 *
 * @param onImported is given a file of which not everything was taken over.
 */
export function createTemplateActions(
  { templates: calls }: Pick<Api, 'templates'>,
  templates: TemplatesStore,
  onImported: (file: ImportedFile) => void,
): TemplateActions {
  const run = (work: () => Promise<void>, fallback: string): void => {
    work().catch((error: unknown) => showError(error, fallback))
  }
  return {
    create: (template) =>
      run(async () => {
        await templates.create(template)
      }, 'The template could not be made. Try again.'),
    open: (id) => run(() => templates.open(id), 'The template could not be opened.'),
    close: () => run(() => templates.close(), 'The changes could not be kept.'),
    save: () =>
      run(async () => {
        const made = await templates.save()
        showToast(
          made === null ? 'Nothing has changed.' : `Saved as version ${String(made.version)}.`,
        )
      }, 'The template could not be saved. Your changes are still here: try again.'),
    importFile: () =>
      run(async () => {
        const file = await chooseTextFile('.json,.yaml,.yml,application/json')
        if (file === null) return
        const { id, notes } = await calls.importFile(file)
        await templates.open(id)
        if (notes.length > 0) onImported({ name: file.name, notes })
        else showToast(`${file.name} imported.`)
      }, 'The file could not be imported. Choose a template file of Penknife (JSON), or a configuration of promptfoo (YAML).'),
    duplicate: (id) =>
      run(async () => {
        const copy = await calls.duplicate({ id })
        await templates.open(copy.id)
        showToast('This is a copy. Give it a name of its own.')
      }, 'The template could not be duplicated. Try again.'),
    remove: ({ id, name }) =>
      run(async () => {
        await calls.remove({ id })
        showToast(`${name} deleted.`, {
          undo: () =>
            run(async () => {
              await calls.restore({ id })
            }, 'The template could not be brought back.'),
        })
      }, 'The template could not be deleted. Try again.'),
  }
}
