import { oneLine } from '../../../shared/domain/oneLine.ts'
import { carryOutline } from './carryOutline.ts'
import { findRegions } from './findRegions.ts'
import type { Grid } from './grid.ts'
import { layTables, type ReadTable } from './layTable.ts'
import type { TableText } from './tableText.ts'

const untidy = /\s{2}|[^\S ]|^ | $/u

/**
 * The tables of a sheet in reading order: under headings each row as `Room: Gull; Price: 90`, so that
 * it makes sense wherever it is quoted; without sure ones as `Gull | 90`.
 */
export function* sheetTables(grid: Grid): Generator<TableText> {
  const tidy: Grid = { ...grid, rows: grid.rows.map(tidyRow) }
  /** The table that was read last, by its first column. */
  const read = new Map<number, ReadTable>()
  for (const found of findRegions(tidy)) {
    const region = carryOutline(found)
    const above = [...read.values()].findLast(
      ({ left, names }) => left <= region.left && region.left < left + names.length,
    )
    const { tables, last } = layTables(region, above ?? null, 'named')
    yield* tables
    if (last !== null) {
      read.delete(last.left)
      read.set(last.left, last)
    }
  }
}

/** The row itself where there is nothing to tidy: a sheet may have a million. */
function tidyRow(row: readonly string[]): readonly string[] {
  return row.some((cell) => untidy.test(cell)) ? row.map(oneLine) : row
}
