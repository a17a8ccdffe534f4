import path from 'node:path'
import type { ModelFacts } from '../../../shared/domain/languageModel.ts'
import { fileTypes } from './ggufTypes.ts'
import { fitModel, memoryForModels } from './modelFit.ts'
import type { GgufValue } from './parseGguf.ts'
import { readGguf, refuse } from './readGguf.ts'

/** Architectures of embedding models, which can't generate text. */
const embeddingArchitecture = /bert|^t5encoder$|embed/u
/** Vocabulary size of LLaMA 1 and 2 and of models derived from them. */
const llama2Vocabulary = 32_000
/** Longer texts aren't names. */
const longestName = 200

/**
 * Reads the metadata of a GGUF file, and rejects models that can't answer questions.
 *
 * @param available bytes of memory that models may use.
 * @throws AppError `model-missing`, `model-load-failed` with the reason.
 */
export async function inspectModel(
  file: string,
  available: number = memoryForModels(),
): Promise<ModelFacts> {
  const base = path.basename(file)
  const { header, sizeBytes } = await readGguf(file)
  const read = createReader(header.metadata)
  const architecture = read.text('general.architecture')
  if (architecture === null) throw refuse(`The model file ${base} is damaged.`)
  const own = (key: string): string => `${architecture}.${key}`
  if (embeddingArchitecture.test(architecture) || (read.whole(own('pooling_type')) ?? 0) > 0) {
    throw refuse(`${base} is an embedding model: it compares texts but cannot write answers.`)
  }
  if (architecture !== 'llama') {
    throw refuse(
      `${base} is a model of the architecture “${architecture.slice(0, longestName)}”. Penknife answers with models of the LLaMA architecture.`,
    )
  }
  const vocabulary = read.length('tokenizer.ggml.tokens')
  const contextTokenBytes = contextBytes(read, own)
  if (header.tensors === 0 || vocabulary === null || contextTokenBytes === null) {
    throw refuse(`The model file ${base} is damaged: it holds no whole model.`)
  }
  const contextLength = read.whole(own('context_length'))
  const chatTemplate = read.text('tokenizer.chat_template')
  const name = read.text('general.name') ?? ''
  return {
    name: name === '' || name.length > longestName ? path.basename(file, '.gguf') : name,
    architecture,
    parameters: header.parameters,
    quantisation: fileTypes.get(read.whole('general.file_type') ?? -1) ?? header.mainType,
    contextLength: contextLength === 0 ? null : contextLength,
    chatTemplate,
    chatFormat: isLlama2(`${base} ${name}`, vocabulary, chatTemplate) ? 'llama-2' : 'own',
    vocabulary,
    sizeBytes,
    fits: fitModel({ sizeBytes, vocabulary, contextLength, contextTokenBytes }, available),
  }
}

/**
 * LLaMA 2 files use LLaMA 2's chat format regardless of their metadata, which are often wrong in
 * quantised copies. So do files without a chat template.
 */
export function isLlama2(names: string, vocabulary: number, template: string | null): boolean {
  if (template === null) return true
  if (/llama[-_ ]?2/iu.test(names) && vocabulary === llama2Vocabulary) return true
  return template.includes('<<SYS>>')
}

interface MetadataReader {
  text(key: string): string | null
  /** A whole number from 0 to `mostOfAnything`; null for anything else. */
  whole(key: string): number | null
  /** Length of a list. */
  length(key: string): number | null
}

/** Larger counts aren't plausible. */
const mostOfAnything = 2 ** 31

function createReader(metadata: ReadonlyMap<string, GgufValue>): MetadataReader {
  return {
    text(key) {
      const value = metadata.get(key)
      return typeof value === 'string' ? value : null
    },
    whole(key) {
      const value = metadata.get(key)
      const counts = typeof value === 'number' && Number.isInteger(value)
      return counts && value >= 0 && value < mostOfAnything ? value : null
    },
    length(key) {
      const value = metadata.get(key)
      return typeof value === 'object' ? value.length : null
    },
  }
}

/** Bytes of KV cache per token: a key and a value in float16 for each layer's heads. */
function contextBytes(read: MetadataReader, own: (key: string) => string): number | null {
  const layers = read.whole(own('block_count'))
  const width = read.whole(own('embedding_length'))
  const heads = read.whole(own('attention.head_count'))
  if (layers === null || width === null || heads === null || heads === 0) return null
  const kvHeads = read.whole(own('attention.head_count_kv')) ?? heads
  const keyLength = read.whole(own('attention.key_length')) ?? width / heads
  const valueLength = read.whole(own('attention.value_length')) ?? width / heads
  const bytes = 2 * layers * kvHeads * (keyLength + valueLength)
  return Number.isSafeInteger(Math.ceil(bytes * mostOfAnything)) ? Math.ceil(bytes) : null
}
