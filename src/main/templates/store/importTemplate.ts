import type { Template } from '../../../shared/domain/template/template.ts'
import { labelWords } from '../../../shared/domain/template/labels.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { AppError, assertNever } from '../../../shared/errors.ts'
import { importForeign } from './foreignPromptfoo.ts'
import { readPromptfoo } from './readPromptfoo.ts'
import { readTemplate } from './templateText.ts'

interface NamedText {
  readonly name: string
  readonly text: string
}

/** What a file brings: a template, and the rows that were exported with it. */
export interface ImportedTemplate {
  readonly template: Template
  readonly rows: readonly TestRow[]
  /** What of the file isn't taken over, in sentences. */
  readonly notes: readonly string[]
}

/**
 * Reads a template from an imported file: its own, or a configuration of promptfoo.
 *
 * @throws AppError `invalid-input` with the invalid field, or with names that would be lost.
 */
export function importTemplate(file: NamedText): ImportedTemplate {
  const reading = readPromptfoo(file.text)
  switch (reading.kind) {
    case 'other':
      return { template: readOwn(file), rows: [], notes: [] }
    case 'ours':
      return {
        template: readOwn({ ...file, text: reading.template }),
        rows: reading.rows,
        notes: [],
      }
    case 'foreign':
      return importForeign(file.name, reading.config)
    default:
      return assertNever(reading)
  }
}

function readOwn(file: NamedText): Template {
  const found = readTemplate(file.text)
  switch (found.kind) {
    case 'template':
      if (found.unknown.length === 0) return found.template
      throw new AppError(
        'invalid-input',
        `${file.name} names what Penknife does not know: ${labelWords(found.unknown)}. Correct or remove it. Nothing was imported.`,
      )
    case 'newer':
      throw new AppError(
        'invalid-input',
        `${file.name} was written by a newer version of Penknife, so it was not imported. Update Penknife, or export the template from there again.`,
      )
    case 'broken':
      throw new AppError(
        'invalid-input',
        `${file.name} is not a template that Penknife can read: ${found.problem}. Nothing was imported.`,
      )
  }
}
