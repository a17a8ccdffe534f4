import { availableParallelism } from 'node:os'
import { AppError, throwIfAborted } from '../../shared/errors.ts'
import type { StartHost } from '../processes/hostProcess.ts'
import { createBatchQueue, type Batch, type Vector } from './batchQueue.ts'
import { createBatchSizer } from './batchSizer.ts'
import type { Embedder } from './embedder.ts'
import { createEmbedderConnection, repeatedCrash } from './embedderConnection.ts'
import type { EmbedderProfile } from './host/embedderContract.ts'

export interface HostEmbedderOptions {
  readonly start: StartHost
  readonly profile: EmbedderProfile
  /** Threads of the model; by default all cores but one. */
  readonly threads?: number
  /** Whether the process runs at low priority. */
  readonly background?: boolean
}

/** Batches sent at once: one is computed while the next one is transferred. */
const onTheWay = 2
/** When this many single texts of one call crashed the process, the texts aren't the cause. */
const mostCrashingTexts = 3

/**
 * Embeds in a separate process. Questions go before passages, which are sent in batches of about 20
 * ms. A text that crashes the process gets no vector; the others of its batch do.
 */
export function createHostEmbedder({
  start,
  profile,
  threads = Math.max(1, availableParallelism() - 1),
  background = false,
}: HostEmbedderOptions): Embedder {
  const { id, dimensions } = profile
  const connection = createEmbedderConnection({ start, profile, threads, background })
  const sizer = createBatchSizer()
  let disposed = false

  async function send({ texts, purpose, signal }: Batch): Promise<readonly Vector[]> {
    const client = await connection.client(signal)
    const call = { texts: [...texts], purpose }
    const { vectors, missing, milliseconds } = await client.embedder.embed(call, { signal })
    if (purpose === 'passage') sizer.took(texts, milliseconds)
    const without = new Set(missing)
    return texts.map((_, index) =>
      without.has(index) ? null : vectors.slice(index * dimensions, (index + 1) * dimensions),
    )
  }

  const batches = createBatchQueue(
    (batch) => sendDespiteCrashes(batch, send, (error) => connection.isCrash(error)),
    onTheWay,
  )

  return {
    id,
    dimensions,
    async embed(texts, purpose, signal) {
      if (disposed) throw new AppError('disconnected', 'Penknife is closing.')
      // Batches are cut one at a time, since their size depends on the time of the previous ones.
      const vectors: Vector[] = []
      const waiting: Promise<readonly Vector[]>[] = []
      let from = 0
      while (from < texts.length || waiting.length > 0) {
        throwIfAborted(signal)
        while (from < texts.length && waiting.length < onTheWay) {
          const size = sizer.next(texts, from)
          const batch = batches.add({ texts: texts.slice(from, from + size), purpose, signal })
          // Awaited later; until then a rejection must not count as unhandled.
          batch.catch(() => undefined)
          waiting.push(batch)
          from += size
        }
        const first = waiting.shift()
        if (first !== undefined) vectors.push(...(await first))
      }
      return vectors
    },
    dispose() {
      disposed = true
      batches.clear()
      connection.close()
      return Promise.resolve()
    },
  }
}

type Send = (batch: Batch) => Promise<readonly Vector[]>

/** Sends a batch; after a crash once more; after a second crash text by text. */
async function sendDespiteCrashes(
  batch: Batch,
  send: Send,
  isCrash: (error: unknown) => boolean,
): Promise<readonly Vector[]> {
  /** @returns undefined if the process crashed. */
  const sendOnce = async (): Promise<readonly Vector[] | undefined> => {
    try {
      return await send(batch)
    } catch (error) {
      if (!isCrash(error)) throw error
      return undefined
    }
  }
  return (await sendOnce()) ?? (await sendOnce()) ?? sendTextByText(batch, send, isCrash)
}

async function sendTextByText(
  { texts, purpose, signal }: Batch,
  send: Send,
  isCrash: (error: unknown) => boolean,
): Promise<readonly Vector[]> {
  const vectors: Vector[] = []
  let crashes = 0
  for (const text of texts) {
    try {
      vectors.push(...(await send({ texts: [text], purpose, signal })))
    } catch (error) {
      if (!isCrash(error)) throw error
      crashes += 1
      if (crashes >= mostCrashingTexts) throw repeatedCrash(error)
      vectors.push(null)
    }
  }
  return vectors
}
