import { createAsyncQueue } from '../../shared/rpc/asyncQueue.ts'

/**
 * Tells work as a stream: what it pushes, then its end or its failure. Returning from the iterator
 * stops the work.
 *
 * @param signal stops the work as well.
 */
export function streamWork<T>(
  work: (push: (item: T) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncIterable<T> {
  const stopped = new AbortController()
  const queue = createAsyncQueue<T>(() => stopped.abort())
  work(queue.push, AbortSignal.any([signal, stopped.signal])).then(
    () => queue.end(),
    (error: unknown) => queue.fail(error),
  )
  return { [Symbol.asyncIterator]: () => queue.iterator }
}
