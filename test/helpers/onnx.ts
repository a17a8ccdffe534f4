/** Enough of ONNX's protobuf (onnx.proto3, opset 13) to write small graphs. */

export interface OnnxTensor {
  readonly name: string
  readonly dims: readonly number[]
  readonly values: Float32Array | BigInt64Array
}

export interface OnnxNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  readonly tensors: readonly OnnxTensor[]
  /** Names; all are 64 bit integers of the shape [batch, sequence]. */
  readonly inputs: readonly string[]
  readonly output: { readonly name: string; readonly dims: readonly (number | string)[] }
}

const float = 1
const int64 = 7

/** A model file. */
export function onnxFile({ nodes, tensors, inputs, output }: OnnxGraph): Buffer {
  const graph = [
    ...nodes.map((node) => bytes(1, nodeProto(node))),
    text(2, 'graph'),
    ...tensors.map((tensor) => bytes(5, tensorProto(tensor))),
    ...inputs.map((name) => bytes(11, valueInfo(name, int64, ['batch', 'sequence']))),
    bytes(12, valueInfo(output.name, float, output.dims)),
  ]
  return Buffer.concat([number(1, 8), bytes(7, graph), bytes(8, [number(2, 13)])])
}

function nodeProto({ op, inputs, output, attributes = {} }: OnnxNode): Buffer[] {
  return [
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      bytes(5, [
        text(1, name),
        ...(typeof value === 'number'
          ? [number(3, value), number(20, 2)]
          : [...value.map((one) => number(8, one)), number(20, 7)]),
      ]),
    ),
  ]
}

function tensorProto({ name, dims, values }: OnnxTensor): Buffer[] {
  return [
    ...dims.map((dim) => number(1, dim)),
    number(2, values instanceof Float32Array ? float : int64),
    text(8, name),
    field(9, Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  ]
}

function valueInfo(name: string, type: number, dims: readonly (number | string)[]): Buffer[] {
  const shape = dims.map((dim) =>
    bytes(1, [typeof dim === 'number' ? number(1, dim) : text(2, dim)]),
  )
  return [text(1, name), bytes(2, [bytes(1, [number(1, type), bytes(2, shape)])])]
}

function number(tag: number, value: number): Buffer {
  return Buffer.concat([varint(BigInt(tag << 3)), varint(BigInt(value))])
}

function text(tag: number, value: string): Buffer {
  return field(tag, Buffer.from(value))
}

function bytes(tag: number, parts: readonly Buffer[]): Buffer {
  return field(tag, Buffer.concat(parts))
}

function field(tag: number, value: Buffer): Buffer {
  return Buffer.concat([varint(BigInt((tag << 3) | 2)), varint(BigInt(value.length)), value])
}

/** Negative numbers take ten bytes, as two's complement of 64 bits. */
function varint(value: bigint): Buffer {
  const out: number[] = []
  let rest = BigInt.asUintN(64, value)
  while (rest >= 0x80n) {
    out.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return Buffer.from([...out, Number(rest)])
}
