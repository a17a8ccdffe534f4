import { mostItems } from '../../../../../shared/domain/limits.ts'
import type { TryRow } from './tryStore.ts'

/**
 * Several inputs from text, one a line. With tabs in it, a line holds the value of each placeholder
 * in turn and then what is expected, as cells that are copied from a sheet do.
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
