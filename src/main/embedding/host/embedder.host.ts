import { serve } from '../../../shared/rpc/server.ts'
import { AppError } from '../../../shared/errors.ts'
import { embedderContract } from './embedderContract.ts'
import { loadEmbeddingModel, type EmbeddingModel } from './embeddingModel.ts'
import { reportUnexpected } from '../../processes/hostOutput.ts'
import { createParentTransport } from '../../processes/parentTransport.ts'

let loaded: { key: string; model: EmbeddingModel } | undefined

serve(
  embedderContract,
  {
    embedder: {
      async load({ profile, threads }) {
        const key = JSON.stringify([profile, threads])
        if (loaded?.key !== key) {
          const before = loaded
          loaded = undefined
          await before?.model.dispose()
          loaded = { key, model: await loadEmbeddingModel(profile, threads) }
        }
        return { dimensions: profile.dimensions }
      },
      async embed({ texts, purpose }) {
        if (loaded === undefined) throw new AppError('model-missing', 'No embedder is loaded.')
        const startedAt = performance.now()
        const embedding = await loaded.model.embed(texts, purpose)
        return { ...embedding, milliseconds: performance.now() - startedAt }
      },
    },
  },
  createParentTransport(),
  { onUnexpectedError: reportUnexpected },
)
