import type { Collection } from '../../../../../shared/domain/libraryDocument.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import type { FoundProblems } from './useProblems.ts'

/** Props of every part of the settings. */
export interface SettingsProps {
  readonly template: Template
  readonly problems: Pick<FoundProblems, 'input' | 'choice'>
  readonly collections: readonly Collection[]
  readonly onChange: (change: Partial<Template>, about: string) => void
}
