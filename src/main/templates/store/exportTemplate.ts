import type { Template } from '../../../shared/domain/template/template.ts'
import { AppError, assertNever } from '../../../shared/errors.ts'
import { writeTemplate } from './templateText.ts'

export interface TextFile {
  readonly name: string
  readonly text: string
}

/** Writes a template for other tools and other machines. */
export function exportTemplate(
  template: Template,
  kind: 'penknife' | 'promptfoo' | 'chat-jsonl',
): readonly TextFile[] {
  const name = fileNameOf(template.name)
  switch (kind) {
    case 'penknife':
      return [{ name: `${name}.json`, text: writeTemplate(template) }]
    case 'promptfoo':
    case 'chat-jsonl':
      throw new AppError('unsupported-format', 'This export is not in this version yet.')
    default:
      return assertNever(kind)
  }
}

/** A template's name as the name of a file on every system. */
function fileNameOf(name: string): string {
  const safe = name
    .replaceAll(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[ .]+/u, '')
    .slice(0, 80)
    .replace(/[ .]+$/u, '')
  return safe === '' ? 'template' : safe
}
