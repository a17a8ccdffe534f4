import type { Template } from '../../../shared/domain/template/template.ts'
import { labelWords } from '../../../shared/domain/template/labels.ts'
import { AppError } from '../../../shared/errors.ts'
import { readTemplate } from './templateText.ts'

/**
 * Reads a template from an imported file.
 *
 * @throws AppError `invalid-input` with the invalid field, or with names that would be lost.
 */
export function importTemplate(file: { readonly name: string; readonly text: string }): Template {
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
