/** A GGUF file (version 3) that has a header with these texts and numbers, and no tensors. */
export function ggufHeader(metadata: Readonly<Record<string, string | number>>): Buffer {
  const entries = Object.entries(metadata)
  return Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(0),
    u64(entries.length),
    ...entries.flatMap(([key, value]) =>
      typeof value === 'string'
        ? [text(key), u32(8), text(value)]
        : [text(key), u32(4), u32(value)],
    ),
  ])
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
