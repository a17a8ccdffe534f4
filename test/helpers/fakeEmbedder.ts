import { setTimeout as delay } from 'node:timers/promises'
import { throwIfAborted } from '../../src/shared/errors.ts'
import type { Embedder } from '../../src/main/embedding/embedder.ts'

export interface FakeEmbedder extends Embedder {
  /** Every text that was embedded, in order. */
  readonly texts: readonly string[]
}

/** Vectors that depend on the text's length only. A text `(wordless)` has none. */
export function createFakeEmbedder({
  delayMs = 0,
  before = () => Promise.resolve(),
}: {
  readonly delayMs?: number
  /** Called with each batch; may reject. */
  readonly before?: (texts: readonly string[]) => Promise<void>
} = {}): FakeEmbedder {
  const seen: string[] = []
  return {
    id: 'fake-embedder',
    dimensions: 4,
    texts: seen,
    async embed(texts, _purpose, signal) {
      if (delayMs > 0) await delay(delayMs)
      throwIfAborted(signal)
      await before(texts)
      seen.push(...texts)
      return texts.map((text) =>
        text === '(wordless)' ? null : Float32Array.of(1, text.length, 0, 0),
      )
    },
    dispose: () => Promise.resolve(),
  }
}
