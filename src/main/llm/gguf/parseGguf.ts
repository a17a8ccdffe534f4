import {
  BadHeader,
  createByteCursor,
  NeedsMore,
  numberSizes,
  type ByteCursor,
  type NumberType,
} from './byteCursor.ts'
import { weightBlocks } from './ggufTypes.ts'

export type GgufValue =
  | string
  | number
  | boolean
  /** A list, of which only the length is kept: vocabularies are long. */
  | { readonly length: number }

/** The header of a GGUF file: its metadata and totals of its tensors. */
export interface GgufHeader {
  readonly metadata: ReadonlyMap<string, GgufValue>
  readonly tensors: number
  /** Number of weights in all tensors. */
  readonly parameters: number
  /** Name of the type in which most weights are stored. */
  readonly mainType: string
}

export type Parsed =
  | { readonly kind: 'header'; readonly header: GgufHeader }
  /** The header is longer than the given bytes. */
  | { readonly kind: 'more' }
  | { readonly kind: 'bad'; readonly reason: BadGguf }

/** `not-gguf`, an old `version`, `cut` off, or `damaged`: it contradicts itself. */
export type BadGguf = 'not-gguf' | 'version' | 'cut' | 'damaged'

const magic = 0x46554747
const defaultAlignment = 32
const mostDimensions = 4
const mostNesting = 3

/** The types of values by their numbers in the file. */
const numberTypes: readonly (NumberType | undefined)[] = [
  'u8',
  'i8',
  'u16',
  'i16',
  'u32',
  'i32',
  'f32',
  undefined,
  undefined,
  undefined,
  'u64',
  'i64',
  'f64',
]
const boolType = 7
const textType = 8
const listType = 9

/**
 * Reads the header of a GGUF file (versions 2 and 3) from the file's beginning. Written here
 * because node-llama-cpp's reader trusts every length in a file: a damaged one makes it allocate
 * without limit or read zeros endlessly. This one's memory and time are bounded by the size of its
 * input.
 *
 * @param bytes the beginning of the file.
 * @param fileSize length of the whole file; every length in the header is checked against it.
 */
export function parseGguf(bytes: Uint8Array, fileSize: number): Parsed {
  const cursor = createByteCursor(bytes, fileSize)
  try {
    if (fileSize < 4 || cursor.u32() !== magic) return { kind: 'bad', reason: 'not-gguf' }
    const version = cursor.u32()
    if (version !== 2 && version !== 3) return { kind: 'bad', reason: 'version' }
    return { kind: 'header', header: readHeader(cursor, fileSize) }
  } catch (error) {
    if (error instanceof NeedsMore) return { kind: 'more' }
    if (error instanceof BadHeader) return { kind: 'bad', reason: error.kind }
    throw error
  }
}

function readHeader(cursor: ByteCursor, fileSize: number): GgufHeader {
  const tensors = cursor.u64()
  const entries = cursor.u64()
  const metadata = new Map<string, GgufValue>()
  for (let index = 0; index < entries; index += 1) {
    const key = cursor.text()
    metadata.set(key, readValue(cursor, cursor.u32(), 0))
  }
  const { parameters, mainType, bytes } = readTensors(cursor, tensors)
  const alignment = metadata.get('general.alignment') ?? defaultAlignment
  if (typeof alignment !== 'number' || !(alignment >= 1 && alignment <= 65_536)) {
    throw new BadHeader('damaged')
  }
  const start = Math.ceil(cursor.at / alignment) * alignment
  if (tensors > 0 && start + bytes > fileSize) throw new BadHeader('cut')
  return { metadata, tensors, parameters, mainType }
}

function readValue(cursor: ByteCursor, type: number, nesting: number): GgufValue {
  if (type === textType) return cursor.text()
  if (type === boolType) return cursor.u8() !== 0
  if (type === listType) return { length: skipList(cursor, nesting) }
  const number = numberTypes[type]
  if (number === undefined) throw new BadHeader('damaged')
  return cursor.number(number)
}

/** @returns the length of the list. */
function skipList(cursor: ByteCursor, nesting: number): number {
  const type = cursor.u32()
  const length = cursor.u64()
  const number = type === boolType ? 'u8' : numberTypes[type]
  if (number !== undefined) {
    cursor.skip(length * numberSizes[number])
  } else if (type === textType) {
    for (let index = 0; index < length; index += 1) cursor.skipText()
  } else if (type === listType && nesting < mostNesting) {
    for (let index = 0; index < length; index += 1) skipList(cursor, nesting + 1)
  } else {
    throw new BadHeader('damaged')
  }
  return length
}

function readTensors(cursor: ByteCursor, count: number) {
  const weightsOf = new Map<string, number>()
  let parameters = 0
  let bytes = 0
  for (let index = 0; index < count; index += 1) {
    cursor.skipText()
    const weights = readDimensions(cursor)
    const block = weightBlocks.get(cursor.u32())
    const offset = cursor.u64()
    parameters += weights
    if (block !== undefined) {
      weightsOf.set(block.name, (weightsOf.get(block.name) ?? 0) + weights)
      bytes = Math.max(bytes, offset + (weights / block.weights) * block.bytes)
    }
  }
  if (!Number.isSafeInteger(parameters)) throw new BadHeader('damaged')
  const [main] = [...weightsOf].sort(([, left], [, right]) => right - left)
  return { parameters, bytes, mainType: main?.[0] ?? 'unknown' }
}

/** @returns the number of weights. */
function readDimensions(cursor: ByteCursor): number {
  const dimensions = cursor.u32()
  if (dimensions > mostDimensions) throw new BadHeader('damaged')
  let weights = 1
  for (let index = 0; index < dimensions; index += 1) weights *= cursor.u64()
  return weights
}
