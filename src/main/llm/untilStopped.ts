import { cancelled } from '../../shared/errors.ts'

/**
 * The items of a stream that is told to end when `signal` is aborted. If it does not within so many
 * milliseconds it goes on unheard, and whoever asked for it need not wait.
 *
 * @param next waits for the next item.
 * @throws AppError `cancelled` if it did not end in time.
 */
export async function* untilStopped<Item>(
  items: AsyncIterable<Item>,
  next: (step: Promise<IteratorResult<Item>>) => Promise<IteratorResult<Item>>,
  signal: AbortSignal | undefined,
  ms: number,
): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]()
  const late = whenLate(signal, ms)
  let left = false
  try {
    for (;;) {
      const step = await Promise.race([next(iterator.next()), late.promise])
      if (step === 'late') {
        left = true
        void readOn(iterator, next)
        throw cancelled()
      }
      if (step.done === true) return
      yield step.value
    }
  } finally {
    late.forget()
    if (!left) await iterator.return?.()
  }
}

function whenLate(signal: AbortSignal | undefined, ms: number) {
  let timer: NodeJS.Timeout | undefined
  let begin = (): void => undefined
  const promise = new Promise<'late'>((resolve) => {
    begin = () => (timer = setTimeout(() => resolve('late'), ms))
  })
  if (signal?.aborted === true) begin()
  else signal?.addEventListener('abort', begin, { once: true })
  return {
    promise,
    forget(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', begin)
    },
  }
}

async function readOn<Item>(
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
