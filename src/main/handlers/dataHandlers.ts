import type { CheckProgress, CheckResult, RepairResult } from '../../shared/contract/data.ts'
import type { AppContract } from '../../shared/contract/index.ts'
import { createAsyncQueue } from '../../shared/rpc/asyncQueue.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'

type OnProgress = (progress: CheckProgress) => void

export function createDataHandlers(deps: {
  readonly check: (
    models: boolean,
    onProgress: OnProgress,
    signal: AbortSignal,
  ) => Promise<CheckResult>
  readonly repair: (
    ids: readonly string[],
    onProgress: OnProgress,
    signal: AbortSignal,
  ) => Promise<RepairResult>
}): Handlers<AppContract>['data'] {
  return {
    check: ({ models }, { signal }) =>
      progressThenResult((push, stopped) => deps.check(models, push, stopped), signal),
    repair: ({ ids }, { signal }) =>
      progressThenResult((push, stopped) => deps.repair(ids, push, stopped), signal),
  }
}

type Item<Result> =
  | { readonly type: 'progress'; readonly progress: CheckProgress }
  | { readonly type: 'done'; readonly result: Result }

/** Returning from the iterator stops the work. */
function progressThenResult<Result>(
  work: (onProgress: OnProgress, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
): AsyncIterable<Item<Result>> {
  const stopped = new AbortController()
  const queue = createAsyncQueue<Item<Result>>(() => stopped.abort())
  const onProgress: OnProgress = (progress) => queue.push({ type: 'progress', progress })
  work(onProgress, AbortSignal.any([signal, stopped.signal])).then(
    (result) => {
      queue.push({ type: 'done', result })
      queue.end()
    },
    (error: unknown) => queue.fail(error),
  )
  return { [Symbol.asyncIterator]: () => queue.iterator }
}
