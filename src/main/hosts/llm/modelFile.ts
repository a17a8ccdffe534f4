import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { readGgufFileInfo, type GgufFileInfo } from 'node-llama-cpp'
import { AppError } from '../../../shared/errors.ts'

/** What a model file says of itself. */
export interface ModelFile {
  /** File name without its folders. */
  readonly base: string
  readonly name: string
  readonly architecture: string
  /** Tokens of context that it was trained with, if it says so. */
  readonly trainedContext: number | null
}

/** Names of architectures that turn texts into vectors and write nothing. */
const embeddingArchitecture = /bert|^t5encoder$|embedding/u

/**
 * Reads a GGUF file's header and refuses what cannot answer questions, with the reason.
 *
 * @throws AppError `model-missing`, `model-load-failed`.
 */
export async function inspectModelFile(file: string): Promise<ModelFile> {
  const base = path.basename(file)
  await checkMagic(file, base)
  const { metadata, architectureMetadata } = await readHeader(file, base)
  const { general } = metadata as { general?: { architecture?: unknown; name?: unknown } }
  const architecture = general?.architecture
  if (typeof architecture !== 'string') throw refuse(`The model file ${base} is damaged.`)
  const own = architectureMetadata as
    { pooling_type?: unknown; context_length?: unknown } | undefined
  const pooled = Number(own?.pooling_type ?? 0) > 0
  if (embeddingArchitecture.test(architecture) || pooled) {
    throw refuse(`${base} is an embedding model: it compares texts but cannot write answers.`)
  }
  if (architecture !== 'llama') {
    throw refuse(
      `${base} is a model of the architecture “${architecture}”. Penknife answers with models of the LLaMA architecture.`,
    )
  }
  const trained = own?.context_length
  return {
    base,
    name: typeof general?.name === 'string' && general.name !== '' ? general.name : base,
    architecture,
    trainedContext: typeof trained === 'number' && trained > 0 ? trained : null,
  }
}

async function checkMagic(file: string, base: string): Promise<void> {
  try {
    if (!(await stat(file)).isFile()) throw refuse(`${base} is a folder, not a model file.`)
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
      if (bytesRead === 4 && buffer.toString('latin1') === 'GGUF') return
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'model-missing',
      `The model file ${file} cannot be opened. Was it moved or deleted? Choose it again.`,
      { cause: error },
    )
  }
  throw refuse(`${base} is not a GGUF model file.`)
}

async function readHeader(file: string, base: string): Promise<GgufFileInfo> {
  try {
    return await readGgufFileInfo(file, {
      sourceType: 'filesystem',
      readTensorInfo: false,
      logWarnings: false,
      ignoreKeys: ['tokenizer.ggml.tokens', 'tokenizer.ggml.scores', 'tokenizer.ggml.token_type'],
    })
  } catch (error) {
    throw refuse(`The model file ${base} is cut off or damaged.`, error)
  }
}

function refuse(what: string, cause?: unknown): AppError {
  const options = cause === undefined ? undefined : { cause }
  return new AppError('model-load-failed', `${what} Choose another file.`, options)
}
