/** Derives a state from the previous one. */
export type Change<T> = (before: T) => T

/** An optimistic change. */
export interface PendingWrite {
  /** Called when the core has made the change. */
  confirm(): void
  /** Called when the core has rejected the change, which is reverted. */
  revert(): void
}

/** A pending load of a state. */
export interface PendingLoad<T> {
  /** Whether no other load was started since. */
  isLatest(): boolean
  /** Applies the loaded state, if this is the latest load. */
  finish(loaded: T): void
}

/** The window's copy of one state of the core, independent of the connection. */
export interface Copy<T> {
  /** The state reported by the core, with pending writes on top. */
  current(): T
  /** Applies a change reported by the core. */
  change(next: Change<T>): void
  /** Starts a load, and supersedes earlier ones. */
  beginLoad(): PendingLoad<T>
  write(next: Change<T>): PendingWrite
}

/**
 * A state can change during a load, and it is unknown whether the loaded state includes an event
 * that arrived meanwhile, so the event is applied to it again. If the loaded state was newer than
 * the event, a later event corrects it.
 */
export function createCopy<T>(initial: T): Copy<T> {
  let confirmed = initial
  let loads = 0
  /** Number of events from the core. */
  let events = 0
  /** Changes since the last load started. */
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
          // Skip it if there was an event since: the event is at least as new, and may include a
          // change by another window.
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
