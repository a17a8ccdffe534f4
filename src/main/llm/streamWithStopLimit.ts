import { cancelled } from '../../shared/errors.ts'

/**
 * Passes on a stream that was asked to end when `signal` was aborted. If it doesn't end in time,
 * throws, and reads and drops the rest in the background.
 *
 * @param next wraps the wait for the next item.
 * @throws AppError `cancelled` if it doesn't end in time.
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
    // No caller is waiting any more; crashes are reported to crash listeners.
  }
}
