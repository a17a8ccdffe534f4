import type { RunStatus, RunSummary } from '../../../shared/domain/testRun/run.ts'
import { createEmitter } from '../../../shared/emitter.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RunEntry } from './runEntry.ts'
import { writeState } from './runFolder.ts'

/** All runs, with their states and listeners. */
export interface RunList {
  /** @throws AppError `not-found`. */
  get(id: string): RunEntry
  all(): readonly RunEntry[]
  add(entry: RunEntry): void
  forget(id: string): void
  /** Notifies listeners that a run was removed. */
  announceRemoval(id: string): void
  /** Notifies listeners of a run's progress, at most once per `announceMs`. */
  announceProgress(entry: RunEntry): void
  /** Notifies listeners of a run's state at once. */
  announce(entry: RunEntry): void
  setState(entry: RunEntry, status: RunStatus, message: string | null): Promise<void>
  readonly onChange: (listener: (run: RunSummary) => void) => () => void
  readonly onRemove: (listener: (run: { id: string }) => void) => () => void
  /** Ends all notifications. */
  close(): void
}

/** Least time between two progress notifications, in milliseconds. */
const announceMs = 250

export function createRunList(): RunList {
  const entries = new Map<string, RunEntry>()
  const changed = createEmitter<RunSummary>()
  const removed = createEmitter<{ id: string }>()

  function announce(entry: RunEntry): void {
    entry.announcedAt = performance.now()
    changed.emit(entry.progress.summary(entry.state))
  }

  return {
    get(id) {
      const entry = entries.get(id)
      if (entry === undefined) throw new AppError('not-found', 'This run is not there any more.')
      return entry
    },
    all: () => [...entries.values()],
    add: (entry) => void entries.set(entry.record.id, entry),
    forget: (id) => void entries.delete(id),
    announceRemoval: (id) => removed.emit({ id }),
    announce,
    announceProgress(entry) {
      if (performance.now() - entry.announcedAt >= announceMs) announce(entry)
    },
    async setState(entry, status, message) {
      entry.state = { status, message }
      announce(entry)
      await writeState(entry.directory, { ...entry.state, ...entry.progress.counts() })
    },
    onChange: changed.on,
    onRemove: removed.on,
    close() {
      changed.clear()
      removed.clear()
    },
  }
}
