export interface AsyncQueue<T> {
  readonly push: (value: T) => void
  readonly end: () => void
  readonly fail: (error: unknown) => void
  readonly iterator: AsyncIterator<T>
}

/**
 * Turns pushes into an async iterator: values wait until they are asked for, an end or a failure
 * comes after the values pushed before it.
 *
 * @param onReturn called when the reader leaves early.
 */
export function createAsyncQueue<T>(onReturn: () => void): AsyncQueue<T> {
  const values: T[] = []
  const waiting: { resolve: (r: IteratorResult<T>) => void; reject: (e: unknown) => void }[] = []
  let finish: { error?: unknown } | undefined

  const done: IteratorResult<T> = { done: true, value: undefined }
  function close(how: { error?: unknown }): void {
    if (finish !== undefined) return
    finish = how
    for (const reader of waiting.splice(0)) {
      if ('error' in how) reader.reject(how.error)
      else reader.resolve(done)
    }
  }

  return {
    push(value) {
      if (finish !== undefined) return
      const reader = waiting.shift()
      if (reader === undefined) values.push(value)
      else reader.resolve({ done: false, value })
    },
    end() {
      close({})
    },
    fail(error) {
      close({ error })
    },
    iterator: {
      next() {
        if (values.length > 0) return Promise.resolve({ done: false, value: values.shift() as T })
        if (finish === undefined) {
          return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
        }
        const how = finish
        // A failure is reported once; a later call gets the end.
        finish = {}
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passes on what it was given
        return 'error' in how ? Promise.reject(how.error) : Promise.resolve(done)
      },
      return() {
        values.length = 0
        close({})
        onReturn()
        return Promise.resolve(done)
      },
    },
  }
}
