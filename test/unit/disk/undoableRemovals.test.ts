import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createUndoableRemovals } from '../../../src/main/disk/undoableRemovals.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function removals(fails = false) {
  const gone: string[] = []
  const errors: unknown[] = []
  const made = createUndoableRemovals<number>(
    (id, held) => {
      if (fails) return Promise.reject(new Error('busy'))
      gone.push(`${id} ${String(held)}`)
      return Promise.resolve()
    },
    (error) => errors.push(error),
  )
  return { ...made, gone, errors }
}

describe('what was removed a moment ago', () => {
  it('goes after ten seconds', async () => {
    const made = removals()
    made.hold('a', 1)
    await vi.advanceTimersByTimeAsync(9_999)
    expect([made.has('a'), made.gone]).toEqual([true, []])
    await vi.advanceTimersByTimeAsync(1)
    expect([made.has('a'), made.gone]).toEqual([false, ['a 1']])
  })

  it('can be brought back until then, and stays', async () => {
    const made = removals()
    made.hold('a', 1)
    expect(made.restore('a')).toBe(1)
    expect([made.has('a'), made.restore('a')]).toEqual([false, undefined])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(made.gone).toEqual([])
  })

  it('goes at once when all is closed', async () => {
    const made = removals()
    made.hold('a', 1)
    made.hold('b', 2)
    await made.close()
    expect(made.gone).toEqual(['a 1', 'b 2'])
    expect(made.restore('a')).toBeUndefined()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(made.gone).toHaveLength(2)
  })

  it('is told of where it cannot be deleted', async () => {
    const made = removals(true)
    made.hold('a', 1)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(made.errors).toHaveLength(1)
    expect(made.has('a')).toBe(false)
  })
})
