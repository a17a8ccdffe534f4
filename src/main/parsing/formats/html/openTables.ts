import { oneLine } from '../../../../shared/domain/oneLine.ts'
import type { ReadTable } from '../../grid/layTable.ts'
import { layWrittenTable, plainCell, type WrittenCell } from '../../grid/writtenTable.ts'
import { tableBlocks, type TextBlock } from '../textBlock.ts'
import { tidy, type PendingText } from './pendingText.ts'

/** What is known of a cell apart from its text. */
export type CellShape = Partial<Omit<WrittenCell, 'text'>>

/** The tables, rows and cells that are open, one within another. */
export interface OpenTables {
  /** Begins a table; within a cell, what the row has so far is written before it. */
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
  /** A row had data in two cells: it does not only lay out a page. */
  isData: boolean
  /** The cell around it, which continues after it. */
  readonly around: Cell
}

interface Cell {
  readonly shape: CellShape
  readonly isOpen: boolean
}

interface Row {
  readonly cells: WrittenCell[]
  readonly table: OpenTable
  isData: boolean
  /** The first so many cells are written already: a table in the next one interrupted the row. */
  written: number
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
  cell: Cell
}

const noCell: Cell = { shape: {}, isOpen: false }

/**
 * @param blocks where rows are added, with the end of their table or before what follows them.
 * @returns what to call for tags, and `writeRows`, to be called before any other block is added.
 */
export function createOpenTables(
  blocks: TextBlock[],
  pending: PendingText,
): OpenTables & { readonly writeRows: () => void } {
  const state: State = {
    ...{ blocks, pending, rows: [], dissolved: 0, tables: [newTable(noCell)], waiting: [] },
    cell: noCell,
  }
  return {
    get inCell() {
      return isInCell(state)
    },
    openTable: () => openTable(state),
    closeTable: () => closeTable(state),
    openRow() {
      closeRow(state)
      const table = state.tables.at(-1) ?? newTable(noCell)
      state.rows.push({ cells: [], table, isData: true, written: 0 })
      state.cell = noCell
    },
    closeRow: () => closeRow(state),
    openCell(shape) {
      endCell(state)
      state.cell = { shape, isOpen: true }
    },
    shapeCell(shape) {
      const { cell } = state
      state.cell = { ...cell, shape: { ...cell.shape, ...shape } }
    },
    closeCell: () => closeCell(state),
    dissolveRows: () => dissolveRows(state),
    writeRows: () => writeRows(state),
  }
}

function newTable(around: Cell): OpenTable {
  return { rows: [], read: null, isData: false, around }
}

function openTable(state: State): void {
  if (isInCell(state)) interruptRow(state)
  state.tables.push(newTable(state.cell))
  state.cell = noCell
}

function closeTable(state: State): void {
  closeRow(state)
  writeRows(state)
  if (state.tables.length < 2) return
  state.cell = state.tables.pop()?.around ?? noCell
}

/**
 * Writes what the open row has before a table in one of its cells: as a row, if the table around has
 * rows of data, and then the label of the row is repeated after it; otherwise as paragraphs.
 */
function interruptRow(state: State): void {
  const { rows, pending, cell } = state
  const row = rows.at(-1)
  const label = row?.cells[0]
  if (row === undefined || label === undefined || label.text === '' || !row.table.isData) {
    dissolveRows(state)
    addParagraph(state, tidy(pending.take()))
    return
  }
  addRow(state, row, [...row.cells, { ...plainCell, ...cell.shape, text: oneLine(pending.take()) }])
  writeRows(state)
  const again = row.cells.map((one, at) => (at === 0 ? one : { ...one, text: '' }))
  row.cells.splice(0, row.cells.length, ...again)
  row.written = row.cells.length
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
  const { rows, pending, cell } = state
  const { shape } = cell
  const row = rows.at(-1)
  if (row?.isData === true)
    row.cells.push({ ...plainCell, ...shape, text: oneLine(pending.take()) })
  else addParagraph(state, tidy(pending.take()))
  state.cell = noCell
}

/** Ends an open cell. Outside of one, blanks between tags are nothing; words are a cell. */
function endCell(state: State): void {
  if (state.cell.isOpen || !state.pending.isBlank) closeCell(state)
  else if (isInCell(state)) state.pending.take()
}

function closeRow(state: State): void {
  const { rows, tables } = state
  if (rows.at(-1)?.table !== tables.at(-1)) return
  endCell(state)
  const row = rows.pop()
  state.dissolved = Math.min(state.dissolved, rows.length)
  if (row !== undefined) addRow(state, row, row.cells)
}

/** One without text is left out, unless its cells stretch over those below. */
function addRow({ waiting }: State, { table, written }: Row, cells: readonly WrittenCell[]): void {
  if (!cells.slice(written).some((cell) => cell.text !== '' || cell.rows > 1)) return
  if (cells.filter(({ text }) => text !== '').length > 1) table.isData = true
  if (table.rows.length === 0) waiting.push(table)
  table.rows.push(cells)
}

function dissolveRows(state: State): void {
  const { rows, dissolved } = state
  writeRows(state)
  for (const row of rows.slice(dissolved)) {
    for (const { text } of row.cells.splice(0).slice(row.written)) addParagraph(state, text)
    row.isData = false
  }
  state.dissolved = rows.length
}
