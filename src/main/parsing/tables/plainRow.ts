import { chatIn } from './chatRow.ts'
import type { Cell, JsonObject } from './table.ts'
import { isRecord } from '../../../shared/domain/isRecord.ts'

/** A row with a name for each column, or why it can't be one. */
export interface PlainRow {
  readonly object: JsonObject | null
  readonly problem: string | null
}

/**
 * A row as Penknife and other tools write it: values in an object of their own, a chat in place of
 * the input.
 */
export function plainRow(entry: JsonObject): PlainRow {
  const flat = flattened(entry)
  const chat = chatIn(flat)
  if (chat === null) return { object: flat, problem: null }
  if (typeof chat === 'string') return { object: null, problem: chat }
  return { object: chat, problem: null }
}

const nested = ['values', 'vars', 'inputs', 'input']

/** Objects of values become columns; a field of the row itself goes before those. */
function flattened(entry: JsonObject): JsonObject {
  const inner = nested.filter((name) => isRecord(entry[name]))
  const others = Object.entries(entry).filter(([name]) => !inner.includes(name))
  return Object.fromEntries([
    ...inner.flatMap((name) => Object.entries(entry[name] ?? {}) as [string, Cell][]),
    ...others,
  ])
}
