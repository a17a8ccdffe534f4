import type { ExportKind } from '../../../shared/contract/templates.ts'
import { cutAt } from '../../../shared/domain/shortened.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { assertNever } from '../../../shared/errors.ts'
import { promptfooNotes } from './promptfooAsserts.ts'
import { promptfooFile } from './promptfooFile.ts'
import { writeTemplate } from './templateText.ts'
import { trainingFiles } from './trainingFiles.ts'

export interface TextFile {
  readonly name: string
  readonly text: string
  /** What of the template is not in it, in sentences. */
  readonly notes?: readonly string[]
}

/**
 * Exports a template for other tools or other computers.
 *
 * @param rows of a test set, for the kinds of export that include rows.
 */
export function exportTemplate(
  template: Template,
  kind: ExportKind,
  rows: readonly TestRow[],
): readonly TextFile[] {
  const name = fileNameOf(template.name)
  switch (kind) {
    case 'penknife':
      return [{ name: `${name}.json`, text: writeTemplate(template) }]
    case 'promptfoo':
      return [
        {
          name: 'promptfooconfig.yaml',
          text: promptfooFile(template, rows),
          notes: promptfooNotes(template.format),
        },
      ]
    case 'chat-jsonl':
      return trainingFiles(template, rows)
    default:
      return assertNever(kind)
  }
}

/** A file name from a template's name that is valid on all systems. */
function fileNameOf(name: string): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{M}\p{N} ._-]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[ .]+/u, '')
  const safe = cutAt(plain, 80).replace(/[ .]+$/u, '')
  return safe === '' ? 'template' : safe
}
