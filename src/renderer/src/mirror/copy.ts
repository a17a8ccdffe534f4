/** Makes one state from the one before. */
export type Change<T> = (before: T) => T

/** A change that is shown before the core has made it. */
export interface PendingWrite {
  /** The core has made it. */
  confirm(): void
  /** The core has not made it: what it changed is shown as it was. */
  revert(): void
}

/** A state that is being read. */
export interface PendingLoad<T> {
  /** Whether no other load has begun since. */
  isLatest(): boolean
  /** Takes in what was read, if this is the latest load. */
  finish(loaded: T): void
}

/** What the window knows of one state of the core. Immutable from outside, without any wire. */
export interface Copy<T> {
  /** What the core has told, with the writes that are under way on top. */
  current(): T
  /** The core has told of a change. */
  change(next: Change<T>): void
  /** The state is being read; what an earlier load brings no longer counts. */
  beginLoad(): PendingLoad<T>
  write(next: Change<T>): PendingWrite
}

/**
 * A state can change while it is read: nobody can tell whether what was read is from before or after
 * an event that came meanwhile, so the event is applied to it once more. If it was old news, a later
 * event is on its way that says so.
 */
export function createCopy<T>(initial: T): Copy<T> {
  let confirmed = initial
  let loads = 0
  /** Counts what the core has told. */
  let events = 0
  /** What changed since the last load began. */
  let sinceLoad: Change<T>[] = []
  let pending: readonly { readonly next: Change<T> }[] = []

  const apply = (next: Change<T>): void => {
    confirmed = next(confirmed)
    sinceLoad.push(next)
  }

  return {
    current: () =>
      inOrder(
        pending.map(({ next }) => next),
        confirmed,
      ),
    change(next) {
      events += 1
      apply(next)
    },
    beginLoad() {
      loads += 1
      const load = loads
      const isLatest = (): boolean => load === loads
      sinceLoad = []
      return {
        isLatest,
        finish(loaded) {
          if (!isLatest()) return
          confirmed = inOrder(sinceLoad, loaded)
          sinceLoad = []
        },
      }
    },
    write(next) {
      const before = events
      const write = { next }
      pending = [...pending, write]
      const end = (): void => {
        pending = pending.filter((other) => other !== write)
      }
      return {
        confirm() {
          end()
          // An event that came since is at least as new, and may hold what another window did.
          if (events === before) apply(next)
        },
        revert: end,
      }
    },
  }
}

function inOrder<T>(changes: readonly Change<T>[], before: T): T {
  return changes.reduce((value, next) => next(value), before)
}
