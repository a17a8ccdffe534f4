/** Runs tasks one after another, in the order in which they were handed in. */
export interface WriteQueue {
  run<T>(task: () => Promise<T>): Promise<T>
  /** Resolves when everything handed in so far has ended, well or badly. */
  idle(): Promise<void>
}

export function createWriteQueue(): WriteQueue {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(task) {
      const result = last.then(task)
      // The next task does not care how this one ended; its caller is told.
      last = result.catch(() => undefined)
      return result
    },
    async idle() {
      await last
    },
  }
}
