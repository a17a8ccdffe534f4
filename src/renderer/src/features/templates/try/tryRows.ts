import { mostItems } from '../../../../../shared/domain/limits.ts'
import type { TryRow } from './tryStore.ts'

/**
 * Parses several inputs, one per line. A line with tabs, as copied from a spreadsheet, has the
 * value of each placeholder in order, then the expected answer.
 *
 * @param variables names of the template's placeholders
 */
export function readRows(text: string, variables: readonly string[]): readonly TryRow[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, mostItems.triedRows)
    .map((line) => {
      const cells = line.split('\t').map((cell) => cell.trim())
      return {
        values: Object.fromEntries(variables.map((name, index) => [name, cells[index] ?? ''])),
        expected: cells[variables.length] ?? '',
      }
    })
}
