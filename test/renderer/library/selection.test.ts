import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  keepListed,
  moveBy,
  noSelection,
  select,
  selectAll,
} from '../../../src/renderer/src/features/library/selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const plain = { range: false, toggle: false }
const shift = { range: true, toggle: false }
const ctrl = { range: false, toggle: true }
const ids = (selection: { readonly ids: ReadonlySet<string> }) => [...selection.ids].sort()

describe('selecting rows', () => {
  it('selects one row with a click and deselects the others', () => {
    const two = select(select(noSelection, order, 'a', plain), order, 'c', ctrl)
    expect(ids(two)).toEqual(['a', 'c'])
    expect(ids(select(two, order, 'd', plain))).toEqual(['d'])
  })

  it('adds and removes rows with Ctrl', () => {
    const one = select(noSelection, order, 'b', ctrl)
    expect(ids(select(one, order, 'b', ctrl))).toEqual([])
  })

  it('extends and shrinks the range from its anchor with Shift', () => {
    const start = select(noSelection, order, 'b', plain)
    const down = select(start, order, 'd', shift)
    expect(ids(down)).toEqual(['b', 'c', 'd'])
    expect(ids(select(down, order, 'c', shift))).toEqual(['b', 'c'])
    expect(ids(select(down, order, 'a', shift))).toEqual(['a', 'b'])
  })

  it('selects all listed rows and drops those that are no longer listed', () => {
    const all = selectAll(noSelection, order)
    expect(ids(all)).toEqual(order)
    const kept = keepListed(all, ['b', 'd'])
    expect(ids(kept)).toEqual(['b', 'd'])
    expect(kept.lead).toBeNull()
    expect(keepListed(kept, order)).toBe(kept)
  })

  it('moves with every key within the list', () => {
    expect(moveBy('ArrowDown', order, null, 3)).toBe('a')
    expect(moveBy('ArrowDown', order, 'e', 3)).toBe('e')
    expect(moveBy('ArrowUp', order, 'b', 3)).toBe('a')
    expect(moveBy('PageDown', order, 'a', 3)).toBe('d')
    expect(moveBy('Home', order, 'd', 3)).toBe('a')
    expect(moveBy('End', order, 'a', 3)).toBe('e')
    expect(moveBy('x', order, 'a', 3)).toBeNull()
    expect(moveBy('ArrowDown', [], null, 3)).toBeNull()
  })

  it('never selects anything that is not in the list, after any actions', () => {
    const step = fc.record({
      id: fc.constantFrom(...order),
      range: fc.boolean(),
      toggle: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step), fc.subarray(order), (steps, listed) => {
        let selection = noSelection
        for (const { id, ...modifiers } of steps)
          selection = select(selection, order, id, modifiers)
        selection = keepListed(selection, listed)
        for (const id of selection.ids) expect(listed).toContain(id)
        expect(selection.lead === null || listed.includes(selection.lead)).toBe(true)
      }),
    )
  })
})
