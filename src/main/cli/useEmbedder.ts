import type { IndexState } from '../../shared/contract/models.ts'
import { AppError, assertNever, cancelled } from '../../shared/errors.ts'
import type { App } from '../app.ts'
import type { Output } from './output.ts'

/**
 * Indexes the library with another embedder and waits until it is in use. Ctrl+C pauses; running
 * the same command again continues.
 */
export async function useEmbedder(
  { indexing }: App,
  id: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  let told = ''
  const stopListening = indexing.onState((state) => {
    const progress = progressOf(state)
    if (progress === null || progress === told) return
    told = progress
    output.message(progress)
  })
  const pause = (): void => void indexing.pause()
  signal.addEventListener('abort', pause)
  try {
    await indexing.useEmbedder(id)
    await indexing.idle()
  } finally {
    signal.removeEventListener('abort', pause)
    stopListening()
  }
  const { embedder, passages, rebuild } = await indexing.state()
  if (rebuild === null) {
    const { dimensions } = embedder
    const text = `${embedder.name} finds passages from now on: ${String(passages)} are indexed.`
    output.result({ id: embedder.id, dimensions, passages }, text)
    return
  }
  const { state } = rebuild
  switch (state.status) {
    case 'failed':
      throw new AppError(state.error.code, state.error.message)
    case 'paused':
      output.message(
        `Paused at ${String(state.done)} of ${String(state.total)} documents; ${embedder.name} goes on finding passages. The same command goes on.`,
      )
      throw cancelled()
    case 'building':
      throw cancelled()
    default:
      assertNever(state)
  }
}

function progressOf({ rebuild }: IndexState): string | null {
  if (rebuild?.state.status !== 'building') return null
  const { done, total, passages, secondsLeft } = rebuild.state
  const left = secondsLeft === null ? '' : `, about ${String(secondsLeft)} s left`
  return `${String(done)} of ${String(total)} documents, ${String(passages)} passages${left}`
}
