import type { TemplateVersion } from '../../../shared/contract/templates.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { AppError } from '../../../shared/errors.ts'
import type { TemplateState } from './loadTemplate.ts'
import type { TemplateEntries } from './templateEntries.ts'
import type { TemplateFolder } from './templateFolder.ts'

/** The calls that change a template; each resolves once the change is on the disk. */
export interface TemplateChanges {
  keepDraft(id: string, template: Template): Promise<void>
  discardDraft(id: string): Promise<void>
  /** Makes a version; the same text as the latest makes none. */
  save(id: string, template: Template, name: string | null): Promise<TemplateVersion>
  nameVersion(id: string, version: number, name: string | null): Promise<void>
}

export function createTemplateChanges(entries: TemplateEntries): TemplateChanges {
  function change(
    id: string,
    apply: (folder: TemplateFolder, state: TemplateState) => Promise<TemplateState>,
  ): Promise<TemplateState> {
    const entry = entries.find(id)
    return entry.exclusive(async () => {
      const before = await entries.look(id, entry)
      try {
        const after = await apply(entry.folder, before)
        await entries.remember(id, entry, after)
        return after
      } catch (error) {
        // What was written before it failed is seen by looking again.
        entries.forget(id)
        throw error
      }
    })
  }

  return {
    async keepDraft(id, template) {
      await change(id, (folder, state) => folder.keepDraft(state, template))
    },
    async discardDraft(id) {
      await change(id, (folder, state) => {
        if (state.latest === null) throw neverSaved()
        return folder.discardDraft(state)
      })
    },
    async save(id, template, name) {
      const { versions } = await change(id, (folder, state) => folder.save(state, template, name))
      const saved = versions.at(-1)
      if (saved === undefined) throw new Error('a save left no version')
      return saved
    },
    async nameVersion(id, version, name) {
      await change(id, (folder, state) => {
        if (!state.versions.some((one) => one.version === version)) throw versionNotThere(version)
        return folder.nameVersion(state, version, name)
      })
    },
  }
}

export function versionNotThere(version: number): AppError {
  return new AppError('not-found', `Version ${version} of this template is not there.`)
}

function neverSaved(): AppError {
  return new AppError(
    'invalid-input',
    'This template has never been saved, so there is nothing to go back to. Remove it instead.',
  )
}
