import { randomUUID } from 'node:crypto'
import { isCancelled } from '../../shared/errors.ts'
import type { LlmClient, LlmConnection } from './llmConnection.ts'
import { streamWithStopLimit } from './streamWithStopLimit.ts'

/** Milliseconds after which a stopped answer ends even if the process doesn't respond. */
const stopMs = 5_000

/** The open streams of the process, and how to stop them. */
export interface LlmStreams {
  /** @param aborted creates the item that a stream ends with if `signal` is aborted. */
  stream<Item extends { readonly type: string }>(
    open: (client: LlmClient, call: string) => AsyncIterable<Item>,
    aborted: Item,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Item>
  /** Resolves when no stream is open. */
  ended(): Promise<void>
  /** Asks the process to stop all streams. */
  stopAll(): void
}

export function createLlmStreams(
  connection: Pick<LlmConnection, 'client' | 'watchWork' | 'explain'>,
): LlmStreams {
  const open = new Map<string, { readonly stop: () => void; readonly ended: Promise<void> }>()

  return {
    async *stream(openStream, aborted, signal) {
      const isAborted = (): boolean => signal?.aborted === true
      if (isAborted()) {
        yield aborted
        return
      }
      const client = connection.client()
      const call = randomUUID()
      let end = (): void => undefined
      const ended = new Promise<void>((resolve) => (end = resolve))
      // If the process is gone, the stream itself fails.
      const stop = (): void => void client.llm.stop({ call }).catch(() => undefined)
      open.set(call, { stop, ended })
      signal?.addEventListener('abort', stop, { once: true })
      try {
        const items = openStream(client, call)
        yield* streamWithStopLimit(items, connection.watchWork, signal, stopMs)
      } catch (error) {
        const reason = connection.explain(error)
        if (!isCancelled(reason) || !isAborted()) throw reason
        yield aborted
      } finally {
        signal?.removeEventListener('abort', stop)
        open.delete(call)
        end()
      }
    },
    async ended() {
      await Promise.all([...open.values()].map((one) => one.ended))
    },
    stopAll() {
      for (const { stop } of open.values()) stop()
    },
  }
}
