import type { CheckProgress, CheckResult, RepairResult } from '../../shared/contract/data.ts'
import type { AppContract } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { streamWork } from '../flow/workStream.ts'
import type { SetAsideStore } from '../documents/aside/setAsideStore.ts'

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
  readonly setAside: SetAsideStore
  /** Shows a folder in the system's file manager; null where the shell cannot. */
  readonly showFolder: ((folder: string) => void) | null
}): Handlers<AppContract>['data'] {
  const { setAside, showFolder } = deps
  return {
    check: ({ models }, { signal }) =>
      progressThenResult((push, stopped) => deps.check(models, push, stopped), signal),
    repair: ({ ids }, { signal }) =>
      progressThenResult((push, stopped) => deps.repair(ids, push, stopped), signal),
    setAside: () => setAside.list(),
    restoreSetAside: async ({ id }) => ({ name: (await setAside.restore(id)).name }),
    deleteSetAside: ({ ids }) => setAside.remove(ids),
    async showSetAside({ id }) {
      const found = (await setAside.list()).find((one) => one.id === id)
      if (found === undefined) throw new AppError('not-found', 'This is not set aside any more.')
      showFolder?.(found.folder)
    },
  }
}

type Item<Result> =
  | { readonly type: 'progress'; readonly progress: CheckProgress }
  | { readonly type: 'done'; readonly result: Result }

function progressThenResult<Result>(
  work: (onProgress: OnProgress, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
): AsyncIterable<Item<Result>> {
  return streamWork(async (push, stopped) => {
    const result = await work((progress) => push({ type: 'progress', progress }), stopped)
    push({ type: 'done', result })
  }, signal)
}
