import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CheckProgress, CheckResult, RepairResult } from '../../../../shared/contract/data.ts'
import { isCancelled, toWire } from '../../../../shared/errors.ts'
import { createEmitter } from '../../../../shared/emitter.ts'
import type { Api } from '../../api/api.ts'

/** What is known of the data folder. */
export type DataCheckState =
  | { readonly status: 'none' }
  | { readonly status: 'checking'; readonly progress: CheckProgress | null }
  /** `repair`: what the last repair did; null after a check. */
  | {
      readonly status: 'checked'
      readonly result: CheckResult
      readonly repair: RepairResult | null
    }
  | {
      readonly status: 'repairing'
      readonly result: CheckResult
      readonly progress: CheckProgress | null
    }
  | { readonly status: 'cancelled' }
  /** `message`: why, as a sentence. */
  | { readonly status: 'failed'; readonly message: string }

export interface DataCheckStore {
  readonly store: StoreApi<DataCheckState>
  /** @param models whether the files of models are read in full. */
  check(models: boolean): Promise<void>
  /** Repairs faults of the last check. */
  repair(ids: readonly string[]): Promise<void>
  cancel(): void
  /** Asks the section to scroll into view and to take the focus, once. */
  show(): void
  /** Whether `show` was called; the next call returns false. */
  takeShow(): boolean
  readonly onShow: (listener: () => void) => () => void
}

/** Checks and repairs the data folder. A check continues while another place is open. */
export function createDataCheckStore({ data }: Pick<Api, 'data'>): DataCheckStore {
  const store = createStore<DataCheckState>(() => ({ status: 'none' }))
  const shown = createEmitter()
  let wanted = false
  let running: AbortController | null = null

  async function run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (running !== null) return
    running = new AbortController()
    try {
      await work(running.signal)
    } catch (error) {
      // A repair that was cancelled has changed what the check found.
      if (isCancelled(error)) store.setState({ status: 'cancelled' })
      else store.setState({ status: 'failed', message: toWire(error).message })
    } finally {
      running = null
    }
  }

  return {
    store,
    check: (models) =>
      run(async (signal) => {
        store.setState({ status: 'checking', progress: null })
        const items = data.check({ models }, { signal })
        const result = await follow<CheckResult>(items, (progress) =>
          store.setState({ status: 'checking', progress }),
        )
        store.setState({ status: 'checked', result, repair: null })
      }),
    repair: (ids) =>
      run(async (signal) => {
        const before = store.getState()
        if (before.status !== 'checked') return
        const { result } = before
        store.setState({ status: 'repairing', result, progress: null })
        const items = data.repair({ ids }, { signal })
        const repair = await follow<RepairResult>(items, (progress) =>
          store.setState({ status: 'repairing', result, progress }),
        )
        const left = { ...result, faults: repair.faults }
        store.setState({ status: 'checked', result: left, repair })
      }),
    cancel: () => running?.abort(),
    show() {
      wanted = true
      shown.emit()
    },
    takeShow() {
      const was = wanted
      wanted = false
      return was
    },
    onShow: shown.on,
  }
}

async function follow<Result>(
  items: AsyncIterable<
    | { readonly type: 'progress'; readonly progress: CheckProgress }
    | { readonly type: 'done'; readonly result: Result }
  >,
  onProgress: (progress: CheckProgress) => void,
): Promise<Result> {
  for await (const item of items) {
    if (item.type === 'done') return item.result
    onProgress(item.progress)
  }
  throw new Error('A check ended without a result')
}
