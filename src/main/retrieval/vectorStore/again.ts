import { explainingWrites } from '../../disk/writeErrors.ts'
import type { StoreState } from './storeState.ts'

/**
 * Reads from the table. `optimize` can remove the version that a query has just begun to read; the next one
 * is there. A query that fails again may have met a damaged file of an index, which opening doesn't read:
 * the indexes are then made again from the rows, once in a process.
 *
 * @throws AppError `disk-full`, and what LanceDB throws.
 */
export async function again<T>(state: StoreState, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch {
    return readOrRemake(state, read)
  }
}

async function readOrRemake<T>(state: StoreState, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch {
    const { exclusive, indexes } = state
    state.remaking ??= exclusive(() => explainingWrites(() => indexes.remake()))
    await state.remaking
    return read()
  }
}
