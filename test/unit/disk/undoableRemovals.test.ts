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
    (removed) => {
      if (fails) return Promise.reject(new Error('busy'))
      gone.push([...removed].map(([id, held]) => `${id} ${String(held)}`).join(', '))
      return Promise.resolve()
    },
    (error) => errors.push(error),
  )
  return { ...made, gone, errors }
}

describe('a removal that can be undone', () => {
  it('is final after ten seconds', async () => {
    const made = removals()
    made.hold([['a', 1]])
    await vi.advanceTimersByTimeAsync(9_999)
    expect([made.has('a'), made.gone]).toEqual([true, []])
    await vi.advanceTimersByTimeAsync(1)
    expect([made.has('a'), made.gone]).toEqual([false, ['a 1']])
  })

  it('can be undone until then, and is not deleted later', async () => {
    const made = removals()
    made.hold([['a', 1]])
    expect(made.restore(['a'])).toEqual([1])
    expect([made.has('a'), made.restore(['a'])]).toEqual([false, []])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(made.gone).toEqual([])
  })

  it('is final at once when the app closes', async () => {
    const made = removals()
    made.hold([['a', 1]])
    made.hold([['b', 2]])
    await made.close()
    expect(made.gone).toEqual(['a 1', 'b 2'])
    expect(made.restore(['a'])).toEqual([])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(made.gone).toHaveLength(2)
  })

  it('is final for everything removed together, except for what was restored', async () => {
    const made = removals()
    made.hold([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
    made.restore(['b'])
    expect([...made.pending()]).toEqual([1, 3])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(made.gone).toEqual(['a 1, c 3'])
  })

  it('starts its ten seconds again when the same thing is removed again', async () => {
    const made = removals()
    made.hold([['a', 1]])
    await vi.advanceTimersByTimeAsync(9_000)
    made.restore(['a'])
    made.hold([['a', 2]])
    await vi.advanceTimersByTimeAsync(9_999)
    expect(made.gone).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(made.gone).toEqual(['a 2'])
  })

  it('is dropped with its timer when its owner forgets it', () => {
    const made = removals()
    made.hold([['a', 1]])
    made.hold([['b', 2]])
    made.restore(['b'])
    made.forget()
    expect([made.has('a'), vi.getTimerCount(), made.gone]).toEqual([false, 0, []])
  })

  it('is reported if the deletion fails', async () => {
    const made = removals(true)
    made.hold([['a', 1]])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(made.errors).toHaveLength(1)
    expect(made.has('a')).toBe(false)
  })
})
