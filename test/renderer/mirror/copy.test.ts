import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCopy, type Change, type PendingLoad } from '../../../src/renderer/src/mirror/copy.ts'

type Rows = ReadonlyMap<string, number>

/** What can happen between a window and its core, in any order that the wire allows. */
type Step =
  /** The core changes a row; the event waits to be sent. */
  | { readonly kind: 'change'; readonly row: string; readonly value: number }
  | { readonly kind: 'remove'; readonly row: string }
  /** The oldest event that waits is sent. */
  | { readonly kind: 'event' }
  | { readonly kind: 'load' }
  /** The core reads the state for one of the loads that wait. */
  | { readonly kind: 'read'; readonly which: number }
  /** One of the states that were read is sent, behind the events that were sent before. */
  | { readonly kind: 'answer'; readonly which: number }

const row = fc.constantFrom('a', 'b', 'c')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), row, value: fc.nat(99) }),
  fc.record({ kind: fc.constant('remove' as const), row }),
  fc.constant({ kind: 'event' as const }),
  fc.constant({ kind: 'load' as const }),
  fc.record({ kind: fc.constant('read' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('answer' as const), which: fc.nat(9) }),
)

function withRow(id: string, value: number | null): Change<Rows> {
  return (before) => {
    const next = new Map(before)
    if (value === null) next.delete(id)
    else next.set(id, value)
    return next
  }
}

/** Removes an item; none of an empty list. */
function takeOne<T>(items: T[], which: number): T[] {
  return items.splice(items.length === 0 ? 0 : which % items.length, 1)
}

it('ends in the state of the core, in whatever order changes and loads arrive', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let core: Rows = new Map()
      const copy = createCopy<Rows>(new Map())
      const events: Change<Rows>[] = []
      const unread: PendingLoad<Rows>[] = []
      const read: { readonly load: PendingLoad<Rows>; readonly rows: Rows }[] = []
      function happen(one: Step): void {
        switch (one.kind) {
          case 'change':
          case 'remove': {
            const next = withRow(one.row, one.kind === 'change' ? one.value : null)
            core = next(core)
            events.push(next)
            return
          }
          case 'event':
            events.splice(0, 1).forEach((next) => copy.change(next))
            return
          case 'load':
            unread.push(copy.beginLoad())
            return
          case 'read':
            read.push(...takeOne(unread, one.which).map((load) => ({ load, rows: core })))
            return
          case 'answer':
            takeOne(read, one.which).forEach(({ load, rows }) => load.finish(rows))
        }
      }
      // The window reads everything once at its start, and the wire delivers everything in the end.
      happen({ kind: 'load' })
      for (const one of steps) happen(one)
      while (unread.length > 0) happen({ kind: 'read', which: 0 })
      while (read.length > 0) happen({ kind: 'answer', which: 0 })
      while (events.length > 0) happen({ kind: 'event' })
      expect(copy.current()).toEqual(core)
    }),
    { numRuns: 1_000 },
  )
})

interface Write {
  readonly value: string
  readonly fails: boolean
  readonly eventFirst: boolean
}

it('shows writes at once and keeps only those that the core has confirmed', () => {
  const writes = fc.array(
    fc.record({
      value: fc.constantFrom('x', 'y', 'z'),
      fails: fc.boolean(),
      eventFirst: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(writes, (all: readonly Write[]) => {
      let core = 'start'
      const copy = createCopy('start')
      const sent = all.map((one) => {
        const pending = copy.write(() => one.value)
        expect(copy.current()).toBe(one.value)
        return { ...one, pending }
      })
      for (const [index, { value, fails, eventFirst, pending }] of sent.entries()) {
        if (fails) pending.revert()
        else {
          core = value
          if (eventFirst) copy.change(() => value)
          pending.confirm()
          if (!eventFirst) copy.change(() => value)
        }
        const underway = sent.slice(index + 1)
        expect(copy.current()).toBe(underway.at(-1)?.value ?? core)
      }
    }),
  )
})

it('shows what another window wrote after its own write', () => {
  const copy = createCopy('start')
  const pending = copy.write(() => 'mine')
  copy.change(() => 'mine')
  copy.change(() => 'theirs')
  expect(copy.current()).toBe('mine')
  pending.confirm()
  expect(copy.current()).toBe('theirs')
})

it('keeps a write that is confirmed while a load is under way', () => {
  const copy = createCopy('start')
  const load = copy.beginLoad()
  copy.write(() => 'mine').confirm()
  load.finish('start')
  expect(copy.current()).toBe('mine')
})

it('ignores an earlier load that is answered after a later one', () => {
  const copy = createCopy('start')
  const earlier = copy.beginLoad()
  copy.beginLoad().finish('new')
  earlier.finish('old')
  expect(copy.current()).toBe('new')
})
