import { cancelled } from '../../shared/errors.ts'

/**
 * The items of a stream that is asked to end when `signal` is aborted. If it does not end within so
 * many milliseconds, the rest of it is read and dropped, so that its reader need not wait.
 *
 * @param next waits for the next item.
 * @throws AppError `cancelled` if it did not end in time.
 */
export async function* streamWithStopLimit<Item>(
  items: AsyncIterable<Item>,
  next: (step: Promise<IteratorResult<Item>>) => Promise<IteratorResult<Item>>,
  signal: AbortSignal | undefined,
  ms: number,
): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]()
  const late = lateAfter(signal, ms)
  let left = false
  try {
    for (;;) {
      const step = await Promise.race([next(iterator.next()), late.promise])
      if (step === 'late') {
        left = true
        void dropRest(iterator, next)
        throw cancelled()
      }
      if (step.done === true) return
      yield step.value
    }
  } finally {
    late.clear()
    if (!left) await iterator.return?.()
  }
}

function lateAfter(signal: AbortSignal | undefined, ms: number) {
  let timer: NodeJS.Timeout | undefined
  let begin = (): void => undefined
  const promise = new Promise<'late'>((resolve) => {
    begin = () => (timer = setTimeout(() => resolve('late'), ms))
  })
  if (signal?.aborted === true) begin()
  else signal?.addEventListener('abort', begin, { once: true })
  return {
    promise,
    clear(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', begin)
    },
  }
}

async function dropRest<Item>(
  iterator: AsyncIterator<Item>,
  next: (step: Promise<IteratorResult<Item>>) => Promise<IteratorResult<Item>>,
): Promise<void> {
  try {
    let step
    do step = await next(iterator.next())
    while (step.done !== true)
  } catch {
    // Nobody waits for it any more; a crash is told to those who listen for one.
  }
}
