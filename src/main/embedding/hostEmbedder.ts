import { availableParallelism, constants, getPriority, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, cancelled, throwIfAborted } from '../../shared/errors.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import { embedderContract, type EmbedderProfile } from './host/embedderContract.ts'
import type { StartHost } from '../processes/hostProcess.ts'
import { superviseHost } from '../processes/supervisedHost.ts'
import { createBatchSizer } from './batchSizer.ts'
import type { Embedder, EmbeddingPurpose } from './embedder.ts'

export interface HostEmbedderOptions {
  readonly start: StartHost
  readonly profile: EmbedderProfile
  /** Threads of the model; by default one core is left to the app. */
  readonly threads?: number
  /** Whether everything else on the machine goes first. */
  readonly background?: boolean
}

type Vector = Float32Array | null
type HostClient = Client<typeof embedderContract>

/** Texts of one call that travel together. */
interface Batch {
  readonly texts: readonly string[]
  readonly purpose: EmbeddingPurpose
  readonly signal: AbortSignal | undefined
  readonly resolve: (vectors: readonly Vector[]) => void
  readonly reject: (error: unknown) => void
}

/** So many batches are on the way: one is computed while the next one travels. */
const onTheWay = 2
/** When so many texts of one call ended the process, each alone, it is not the texts' fault. */
const mostPoisonTexts = 3

/**
 * Embeds in a process of its own. Questions overtake passages: these go in batches of about 20 ms.
 * A text that ends the process gets no vector; the others of its batch do.
 */
export function createHostEmbedder({
  start,
  profile,
  threads = Math.max(1, availableParallelism() - 1),
  background = false,
}: HostEmbedderOptions): Embedder {
  const host = superviseHost(embedderContract, { start, entry: 'embedder.host' })
  const sizer = createBatchSizer()
  const questions: Batch[] = []
  const passages: Batch[] = []
  let active = 0
  let disposed = false
  const closing = new AbortController()
  let ready: { readonly client: HostClient; readonly loaded: Promise<unknown> } | undefined

  /** @throws AppError `host-crashed` if the process dies over the model itself. */
  async function connect(signal: AbortSignal | undefined): Promise<HostClient> {
    for (let attempt = 1; ; attempt += 1) {
      await waitToStart(signal)
      const client = host.client()
      if (ready?.client !== client) {
        ready = { client, loaded: client.embedder.load({ profile, threads }) }
      }
      try {
        await ready.loaded
        if (background) stepBack(host.pid)
        return client
      } catch (error) {
        if (disposed || !isCrash(error)) {
          ready = undefined
          throw error
        }
        if (attempt === 2) throw keepsStopping(error)
      }
    }
  }

  async function waitToStart(signal: AbortSignal | undefined): Promise<void> {
    const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
    while (host.waitMs > 0) {
      await sleep(host.waitMs, undefined, { signal: stop }).catch(() => {
        throw cancelled()
      })
    }
  }

  async function send(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal | undefined,
  ): Promise<readonly Vector[]> {
    const client = await connect(signal)
    const { vectors, missing, milliseconds } = await client.embedder.embed(
      { texts: [...texts], purpose },
      { signal },
    )
    if (purpose === 'passage') sizer.took(texts, milliseconds)
    const without = new Set(missing)
    return texts.map((_, index) =>
      without.has(index)
        ? null
        : vectors.slice(index * profile.dimensions, (index + 1) * profile.dimensions),
    )
  }

  /** Sends a batch; if the process dies over it, once more; if it dies again, text by text. */
  async function embedBatch({ texts, purpose, signal }: Batch): Promise<readonly Vector[]> {
    const died = async (): Promise<readonly Vector[] | undefined> => {
      try {
        return await send(texts, purpose, signal)
      } catch (error) {
        if (disposed || !isCrash(error)) throw error
        return undefined
      }
    }
    return (await died()) ?? (await died()) ?? embedEach(texts, purpose, signal)
  }

  async function embedEach(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal | undefined,
  ): Promise<readonly Vector[]> {
    const vectors: Vector[] = []
    let poison = 0
    for (const text of texts) {
      try {
        vectors.push(...(await send([text], purpose, signal)))
      } catch (error) {
        if (disposed || !isCrash(error)) throw error
        poison += 1
        if (poison >= mostPoisonTexts) throw keepsStopping(error)
        vectors.push(null)
      }
    }
    return vectors
  }

  function next(): void {
    while (active < onTheWay) {
      const batch = questions.shift() ?? passages.shift()
      if (batch === undefined) return
      active += 1
      void embedBatch(batch)
        .then(batch.resolve, batch.reject)
        .finally(() => {
          active -= 1
          next()
        })
    }
  }

  function enqueue(
    texts: readonly string[],
    purpose: EmbeddingPurpose,
    signal: AbortSignal | undefined,
  ): Promise<readonly Vector[]> {
    return new Promise((resolve, reject) => {
      const batch: Batch = { texts, purpose, signal, resolve, reject }
      ;(purpose === 'query' ? questions : passages).push(batch)
      next()
    })
  }

  return {
    id: profile.id,
    dimensions: profile.dimensions,
    async embed(texts, purpose, signal) {
      if (disposed) throw new AppError('disconnected', 'Penknife is closing.')
      // Batches are cut as they are needed, since their size follows what the last ones took.
      const vectors: Vector[] = []
      const waiting: Promise<readonly Vector[]>[] = []
      let from = 0
      while (from < texts.length || waiting.length > 0) {
        throwIfAborted(signal)
        while (from < texts.length && waiting.length < onTheWay) {
          const size = sizer.next(texts, from)
          const batch = enqueue(texts.slice(from, from + size), purpose, signal)
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
      closing.abort()
      const left = [...questions.splice(0), ...passages.splice(0)]
      for (const batch of left) batch.reject(cancelled())
      host.stop()
      return Promise.resolve()
    },
  }
}

/** A process cannot be brought to the front again without rights: another one is started for that. */
function stepBack(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    if (getPriority(pid) === 0) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // A courtesy, which some systems refuse, and a process that has just ended needs none.
  }
}

function isCrash(error: unknown): boolean {
  return error instanceof AppError && error.code === 'disconnected'
}

function keepsStopping(cause: unknown): AppError {
  return new AppError(
    'host-crashed',
    'The part of Penknife that reads meaning stopped again and again. Try again; if it stays, restart Penknife.',
    { cause },
  )
}
