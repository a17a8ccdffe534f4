import {
  Field,
  FixedSizeList,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  vectorFromArray,
  type Data,
} from 'apache-arrow'
import { AppError } from '../../shared/errors.ts'
import { chunkId, type StoredChunk } from '../../shared/domain/chunk.ts'
import type { EmbeddedChunk } from './chunkStore.ts'
import { usualLanguage } from '../../shared/domain/language/terms.ts'
import { toSearchText } from './searchText.ts'

/** What earlier versions stored of a chunk. */
export const formerColumns = [
  'id',
  'content',
  'ordinal',
  'page',
  'start',
  'end',
  'text',
  'heading',
  'tokens',
] as const

/** What a search reads back; the vector stays where it is unless it is asked for. */
export const chunkColumns = [...formerColumns, 'language', 'source'] as const

/** Names a content in filters, which are SQL: nothing that could end a string gets in. */
const safeContent = /^[A-Za-z0-9_.-]{1,128}$/

export function chunkSchema(dimensions: number): Schema {
  const text = (name: string): Field => new Field(name, new Utf8(), false)
  const number = (name: string): Field => new Field(name, new Int32(), false)
  return new Schema([
    text('id'),
    text('content'),
    number('ordinal'),
    number('page'),
    number('start'),
    number('end'),
    text('text'),
    text('heading'),
    number('tokens'),
    text('language'),
    text('source'),
    text('searchText'),
    new Field(
      'vector',
      new FixedSizeList(dimensions, new Field('item', new Float32(), true)),
      true,
    ),
  ])
}

/** Width of the vectors in a table that was made with `chunkSchema`, or undefined for another. */
export function vectorWidth(schema: Schema): number | undefined {
  const type: unknown = schema.fields.find((field) => field.name === 'vector')?.type
  const width = (type as { listSize?: unknown } | undefined)?.listSize
  return typeof width === 'number' ? width : undefined
}

/**
 * LanceDB stores a vector of the wrong length without complaint, padded with nulls.
 *
 * @throws AppError `invalid-input`
 */
export function checkChunk(chunk: EmbeddedChunk, dimensions: number): void {
  checkContent(chunk.contentId)
  if (chunk.id !== chunkId(chunk.contentId, chunk.ordinal)) {
    throw new AppError('invalid-input', `The chunk ${chunk.id} is not named after its content.`)
  }
  if (chunk.vector === null) return
  if (chunk.vector.length !== dimensions) {
    throw wrongLength(chunk.vector.length, dimensions)
  }
  if (!chunk.vector.every(Number.isFinite)) {
    throw new AppError('invalid-input', 'A vector holds a value that is not a number.')
  }
}

export function wrongLength(values: number, dimensions: number): AppError {
  return new AppError(
    'invalid-input',
    `A vector of ${String(values)} values does not fit an index of ${String(dimensions)}.`,
  )
}

/** @throws AppError `invalid-input` */
export function checkContent(contentId: string): void {
  if (!safeContent.test(contentId)) {
    throw new AppError('invalid-input', 'A content is named by letters, digits, _, . and - only.')
  }
}

/** Columns are built directly: through row objects a batch takes ten times as long. */
export function toArrow(chunks: readonly EmbeddedChunk[], dimensions: number): Table {
  const schema = chunkSchema(dimensions)
  const text = (read: (chunk: EmbeddedChunk) => string): Data =>
    onlyData(vectorFromArray(chunks.map(read), new Utf8()).data)
  const number = (read: (chunk: EmbeddedChunk) => number): Data =>
    makeData({ type: new Int32(), data: Int32Array.from(chunks, read) })
  const children = [
    text((chunk) => chunk.id),
    text((chunk) => chunk.contentId),
    number((chunk) => chunk.ordinal),
    number((chunk) => chunk.page),
    number((chunk) => chunk.start),
    number((chunk) => chunk.end),
    text((chunk) => chunk.text),
    text((chunk) => chunk.heading),
    number((chunk) => chunk.tokens),
    text((chunk) => chunk.language ?? usualLanguage),
    text((chunk) => chunk.source ?? ''),
    text(toSearchText),
    vectorData(chunks, dimensions),
  ]
  const struct = makeData({ type: new Struct(schema.fields), length: chunks.length, children })
  return new Table(schema, new RecordBatch(schema, struct))
}

function vectorData(chunks: readonly EmbeddedChunk[], dimensions: number): Data {
  const values = new Float32Array(chunks.length * dimensions)
  const present = new Uint8Array(Math.ceil(chunks.length / 8))
  let missing = 0
  for (const [row, { vector }] of chunks.entries()) {
    if (vector === null) {
      missing += 1
      continue
    }
    values.set(vector, row * dimensions)
    present[row >> 3] = (present[row >> 3] ?? 0) | (1 << (row & 7))
  }
  return makeData({
    type: new FixedSizeList(dimensions, new Field('item', new Float32(), true)),
    length: chunks.length,
    nullCount: missing,
    nullBitmap: present,
    child: makeData({ type: new Float32(), data: values }),
  })
}

function onlyData(parts: readonly Data[]): Data {
  const [first] = parts
  if (first === undefined) throw new Error('An Arrow vector without data')
  return first
}

/** A column of a result, from any version of Arrow. */
interface Column {
  get(row: number): unknown
}
export interface Rows {
  readonly numRows: number
  getChild(name: string): Column | null
}

/** Copies rows out as plain objects, so that no Arrow buffer outlives the query. */
export function toChunks(rows: Rows): StoredChunk[] {
  const language = column(rows, 'language')
  const source = column(rows, 'source')
  return toFormerChunks(rows).map((chunk, row) => ({
    ...chunk,
    language: String(language.get(row)),
    source: String(source.get(row)),
  }))
}

/** The same of a table of an earlier version, which knew neither languages nor names. */
export function toFormerChunks(rows: Rows): StoredChunk[] {
  const [id, contentId, ordinal, page, start, end, text, heading, tokens] = formerColumns.map(
    (name) => column(rows, name),
  ) as [Column, Column, Column, Column, Column, Column, Column, Column, Column]
  return Array.from({ length: rows.numRows }, (_, row) => ({
    id: String(id.get(row)),
    contentId: String(contentId.get(row)),
    ordinal: Number(ordinal.get(row)),
    page: Number(page.get(row)),
    start: Number(start.get(row)),
    end: Number(end.get(row)),
    text: String(text.get(row)),
    heading: String(heading.get(row)),
    tokens: Number(tokens.get(row)),
  }))
}

export function toNumbers(rows: Rows, name: string): number[] {
  const values = column(rows, name)
  return Array.from({ length: rows.numRows }, (_, row) => Number(values.get(row)))
}

export function toStrings(rows: Rows, name: string): string[] {
  const values = column(rows, name)
  return Array.from({ length: rows.numRows }, (_, row) => String(values.get(row)))
}

/** Copies vectors out; null where a row has none. */
export function toVectors(rows: Rows): (Float32Array | null)[] {
  const vectors = column(rows, 'vector')
  return Array.from({ length: rows.numRows }, (_, row) => {
    const values = vectors.get(row) as { toArray(): Float32Array } | null
    return values === null ? null : Float32Array.from(values.toArray())
  })
}

const noRows: Column = { get: () => null }

/** A column of a result. @throws Error if rows lack it. */
export function column(rows: Rows, name: string): Column {
  const child = rows.getChild(name)
  if (child !== null) return child
  // A search that finds nothing may come back without any columns.
  if (rows.numRows === 0) return noRows
  throw new Error(`A result without ${name}`)
}
