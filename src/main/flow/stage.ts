/** Does one piece of work at a time. */
export interface Stage<Work> {
  /** What it works on. */
  readonly current: () => Work | undefined
  /** Starts a piece of work; only while there is no current one. */
  start(work: Work, run: (work: Work) => Promise<void>): void
  /** Resolves when the current piece of work has ended. */
  readonly ended: () => Promise<void>
}

/**
 * @param onError told what a piece of work failed with.
 * @param onEnd called after each piece of work, when the next one may be started.
 */
export function createStage<Work>(
  onError: (error: unknown) => void,
  onEnd: () => void,
): Stage<Work> {
  let current: Work | undefined
  let ended = Promise.resolve()
  return {
    current: () => current,
    start(work, run) {
      current = work
      ended = run(work)
        .catch(onError)
        .finally(() => {
          current = undefined
          onEnd()
        })
    },
    ended: () => ended,
  }
}
