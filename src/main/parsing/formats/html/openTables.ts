import { oneLine } from '../../../../shared/domain/oneLine.ts'
import type { ReadTable } from '../../grid/layTable.ts'
import { layWrittenTable, plainCell, type WrittenCell } from '../../grid/writtenTable.ts'
import { tableBlocks, type TextBlock } from '../textBlock.ts'
import { tidy, type PendingText } from './pendingText.ts'

/** What is known of a cell apart from its text. */
export type CellShape = Partial<Omit<WrittenCell, 'text'>>

/** The tables, rows and cells that are open, one within another. */
export interface OpenTables {
  openTable(): void
  closeTable(): void
  openRow(): void
  closeRow(): void
  /** Begins a cell; one that is open ends. A format that does not report this may leave it out. */
  openCell(shape: CellShape): void
  /** Adds to what is known of the cell that ends next. */
  shapeCell(shape: CellShape): void
  closeCell(): void
  /** Whether a cell with data is open, as opposed to one that lays out a page. */
  readonly inCell: boolean
  /** Stops reading the open rows as data: their content is read as paragraphs. */
  dissolveRows(): void
}

interface OpenTable {
  /** Rows that are not written yet. */
  readonly rows: (readonly WrittenCell[])[]
  /** What was written of it before. */
  read: ReadTable | null
}

interface Row {
  readonly cells: WrittenCell[]
  readonly table: OpenTable
  isData: boolean
}

interface State {
  readonly blocks: TextBlock[]
  readonly pending: PendingText
  readonly rows: Row[]
  /** The first so many rows are dissolved already. */
  dissolved: number
  /** The last one is open; the first is for rows outside of any table. */
  readonly tables: OpenTable[]
  /** Those with rows that are not written, in the order of these. */
  readonly waiting: OpenTable[]
  shape: CellShape
  isCellOpen: boolean
}

/**
 * @param blocks where rows are added, with the end of their table or before what follows them.
 * @returns what to call for tags, and `writeRows`, to be called before any other block is added.
 */
export function createOpenTables(
  blocks: TextBlock[],
  pending: PendingText,
): OpenTables & { readonly writeRows: () => void } {
  const state: State = {
    ...{ blocks, pending, rows: [], dissolved: 0, tables: [newTable()], waiting: [] },
    ...{ shape: {}, isCellOpen: false },
  }
  return {
    get inCell() {
      return isInCell(state)
    },
    openTable: () => void state.tables.push(newTable()),
    closeTable() {
      closeRow(state)
      writeRows(state)
      if (state.tables.length > 1) state.tables.pop()
    },
    openRow() {
      closeRow(state)
      state.rows.push({ cells: [], table: state.tables.at(-1) ?? newTable(), isData: true })
      state.isCellOpen = false
    },
    closeRow: () => closeRow(state),
    openCell(shape) {
      endCell(state)
      state.shape = shape
      state.isCellOpen = true
    },
    shapeCell(shape) {
      state.shape = { ...state.shape, ...shape }
    },
    closeCell: () => closeCell(state),
    dissolveRows: () => dissolveRows(state),
    writeRows: () => writeRows(state),
  }
}

function newTable(): OpenTable {
  return { rows: [], read: null }
}

function isInCell({ rows }: State): boolean {
  return rows.at(-1)?.isData === true
}

function addParagraph(state: State, text: string): void {
  if (text === '') return
  writeRows(state)
  state.blocks.push({ kind: 'paragraph', text })
}

function writeRows({ waiting, blocks }: State): void {
  for (const table of waiting.splice(0)) {
    const { tables, last } = layWrittenTable(table.rows.splice(0), table.read)
    table.read = last
    for (const written of tables) {
      for (const block of tableBlocks(written)) blocks.push(block)
    }
  }
}

function closeCell(state: State): void {
  const { rows, pending, shape } = state
  const row = rows.at(-1)
  if (row?.isData === true)
    row.cells.push({ ...plainCell, ...shape, text: oneLine(pending.take()) })
  else addParagraph(state, tidy(pending.take()))
  state.shape = {}
  state.isCellOpen = false
}

/** Ends an open cell. Outside of one, blanks between tags are nothing; words are a cell. */
function endCell(state: State): void {
  if (state.isCellOpen || !state.pending.isBlank) closeCell(state)
  else if (isInCell(state)) state.pending.take()
}

function closeRow(state: State): void {
  const { rows, tables, waiting } = state
  if (rows.at(-1)?.table !== tables.at(-1)) return
  endCell(state)
  const row = rows.pop()
  state.dissolved = Math.min(state.dissolved, rows.length)
  const isRow = row?.cells.some((cell) => cell.text !== '' || cell.rows > 1) === true
  if (row === undefined || !isRow) return
  if (row.table.rows.length === 0) waiting.push(row.table)
  row.table.rows.push(row.cells)
}

function dissolveRows(state: State): void {
  const { rows, dissolved } = state
  writeRows(state)
  for (const row of rows.slice(dissolved)) {
    for (const { text } of row.cells.splice(0)) addParagraph(state, text)
    row.isData = false
  }
  state.dissolved = rows.length
}
