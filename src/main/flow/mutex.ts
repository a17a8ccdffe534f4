/** Runs a task when all that were given before it have ended, well or badly. */
export type Mutex = <T>(task: () => Promise<T>) => Promise<T>

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const turn = last.then(() => task())
    // The next task does not care how this one ended; its caller gets the error.
    last = turn.catch(() => undefined)
    return turn
  }
}
