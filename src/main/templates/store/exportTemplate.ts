import type { Template } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { assertNever } from '../../../shared/errors.ts'
import { promptfooFile } from './promptfooFile.ts'
import { writeTemplate } from './templateText.ts'
import { trainingFiles } from './trainingFiles.ts'

export interface TextFile {
  readonly name: string
  readonly text: string
}

/**
 * Writes a template for other tools and other machines.
 *
 * @param rows of a test set, for the kinds that hold rows.
 */
export function exportTemplate(
  template: Template,
  kind: 'penknife' | 'promptfoo' | 'chat-jsonl',
  rows: readonly TestRow[],
): readonly TextFile[] {
  const name = fileNameOf(template.name)
  switch (kind) {
    case 'penknife':
      return [{ name: `${name}.json`, text: writeTemplate(template) }]
    case 'promptfoo':
      return [{ name: 'promptfooconfig.yaml', text: promptfooFile(template, rows) }]
    case 'chat-jsonl':
      return trainingFiles(template, rows)
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
