import type { Collection } from '../../../../../shared/domain/libraryDocument.ts'
import type { Template } from '../../../../../shared/domain/template/template.ts'
import type { FoundProblem } from './useProblems.ts'

/** What every part of the settings is given. */
export interface SettingsProps {
  readonly template: Template
  /** Of the input text. */
  readonly problems: readonly FoundProblem[]
  readonly collections: readonly Collection[]
  readonly onChange: (change: Partial<Template>, about: string) => void
}
