type Value = string | number | readonly string[]

export interface TensorShape {
  readonly name: string
  readonly dimensions: readonly number[]
  /** Number of the type in ggml; 0 is F32, 2 is Q4_0. */
  readonly type: number
}

const alignment = 32

/** A whole GGUF file (version 3); weights of F32 and Q4_0 are zero. */
export function ggufFile(
  metadata: Readonly<Record<string, Value>>,
  tensors: readonly TensorShape[],
): Buffer {
  const head = ggufHeader(metadata, tensors)
  const padding = (alignment - (head.length % alignment)) % alignment
  const bytes = tensors.reduce((sum, one) => sum + bytesOf(one), 0)
  return Buffer.concat([head, Buffer.alloc(padding + bytes)])
}

/** Metadata of a small model of LLaMA's architecture. */
export const llamaMetadata = {
  'general.architecture': 'llama',
  'general.name': 'A small model',
  'llama.context_length': 2048,
  'llama.block_count': 2,
  'llama.embedding_length': 64,
  'llama.attention.head_count': 4,
  'llama.attention.head_count_kv': 2,
  'tokenizer.ggml.tokens': ['<unk>', '<s>', '</s>', 'a', 'b'],
} as const

export const llamaTensors: readonly TensorShape[] = [
  { name: 'token_embd.weight', dimensions: [64, 5], type: 2 },
  { name: 'output_norm.weight', dimensions: [64], type: 0 },
]

/** The header of a GGUF file: these texts, numbers and lists, and the places of the tensors. */
export function ggufHeader(
  metadata: Readonly<Record<string, Value>>,
  tensors: readonly TensorShape[] = [],
): Buffer {
  const entries = Object.entries(metadata)
  let offset = 0
  return Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(tensors.length),
    u64(entries.length),
    ...entries.flatMap(([key, value]) => [text(key), ...valueOf(value)]),
    ...tensors.flatMap((tensor) => {
      const at = offset
      offset += bytesOf(tensor)
      const dimensions = tensor.dimensions.map(u64)
      return [text(tensor.name), u32(dimensions.length), ...dimensions, u32(tensor.type), u64(at)]
    }),
  ])
}

function valueOf(value: Value): readonly Buffer[] {
  if (typeof value === 'string') return [u32(8), text(value)]
  if (typeof value === 'number') return [u32(4), u32(value)]
  return [u32(9), u32(8), u64(value.length), ...value.map(text)]
}

function bytesOf({ dimensions, type }: TensorShape): number {
  const weights = dimensions.reduce((product, one) => product * one, 1)
  return type === 2 ? (weights / 32) * 18 : weights * 4
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([u64(bytes.length), bytes])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
