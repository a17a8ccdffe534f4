import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onnxFile, type OnnxNode } from './onnx.ts'

export interface BertOptions {
  readonly dimensions: number
  /** Longest input in tokens; a longer one is an error, as with a real model. */
  readonly maxTokens: number
  /** Words that are one token each; all others are split into letters. */
  readonly words?: readonly string[]
  readonly seed?: number
  /** Name of the file in `onnx/`. */
  readonly weights?: 'model' | 'model_quantized'
}

/** The weights of the model, so that a test can compute the expected vectors. */
export interface BertModel {
  readonly dimensions: number
  /** Token ids by piece. */
  readonly vocabulary: ReadonlyMap<string, number>
  /** One row per token, type or position. */
  readonly wordRows: Float32Array
  readonly typeRows: Float32Array
  readonly positionRows: Float32Array
}

const specials = ['[PAD]', '[UNK]', '[CLS]', '[SEP]']
const characters = Array.from('abcdefghijklmnopqrstuvwxyz0123456789.,;:!?\'"()-/%&*#_')

/**
 * Writes an embedder of BERT's shape, small: token, position and type vectors are added up, one
 * layer of attention (one head, without weights of its own) mixes them, with a residual
 * connection. Its tokenizer is WordPiece.
 */
export async function writeBertModel(directory: string, options: BertOptions): Promise<BertModel> {
  const { dimensions, maxTokens, words = [], seed = 1, weights = 'model' } = options
  const continued = characters.filter((one) => /[a-z0-9]/.test(one)).map((one) => `##${one}`)
  const pieces = [...new Set([...specials, ...characters, ...continued, ...words])]
  const random = createRandom(seed)
  const rows = (count: number, size: number): Float32Array =>
    Float32Array.from({ length: count * dimensions }, () => (random() * 2 - 1) * size)
  const model: BertModel = {
    dimensions,
    vocabulary: new Map(pieces.map((piece, id) => [piece, id])),
    wordRows: rows(pieces.length, 1),
    typeRows: rows(2, 0.1),
    positionRows: rows(maxTokens, 0.1),
  }
  await mkdir(path.join(directory, 'onnx'), { recursive: true })
  await Promise.all([
    writeFile(path.join(directory, 'onnx', `${weights}.onnx`), graphOf(model, maxTokens)),
    writeJson(directory, 'config.json', {
      model_type: 'bert',
      architectures: ['BertModel'],
      hidden_size: dimensions,
      num_hidden_layers: 1,
      num_attention_heads: 1,
      max_position_embeddings: maxTokens,
      vocab_size: pieces.length,
    }),
    writeJson(directory, 'tokenizer.json', tokenizerOf(model.vocabulary)),
    writeJson(directory, 'tokenizer_config.json', {
      tokenizer_class: 'BertTokenizer',
      do_lower_case: true,
      unk_token: '[UNK]',
      sep_token: '[SEP]',
      pad_token: '[PAD]',
      cls_token: '[CLS]',
      model_max_length: maxTokens,
    }),
  ])
  return model
}

async function writeJson(directory: string, name: string, value: unknown): Promise<void> {
  await writeFile(path.join(directory, name), JSON.stringify(value))
}

function graphOf(model: BertModel, maxTokens: number): Buffer {
  const { dimensions, vocabulary, wordRows, typeRows, positionRows } = model
  const node = (
    output: string,
    op: string,
    inputs: readonly string[],
    attributes: OnnxNode['attributes'] = {},
  ): OnnxNode => ({ output, op, inputs, attributes })
  return onnxFile({
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
    output: { name: 'last_hidden_state', dims: ['batch', 'sequence', dimensions] },
    tensors: [
      { name: 'words', dims: [vocabulary.size, dimensions], values: wordRows },
      { name: 'types', dims: [2, dimensions], values: typeRows },
      { name: 'positions', dims: [maxTokens, dimensions], values: positionRows },
      { name: 'one', dims: [], values: BigInt64Array.of(1n) },
      { name: 'axis', dims: [1], values: BigInt64Array.of(1n) },
      { name: 'scale', dims: [], values: Float32Array.of(1 / Math.sqrt(dimensions)) },
      { name: 'oneF', dims: [], values: Float32Array.of(1) },
      { name: 'hide', dims: [], values: Float32Array.of(-10_000) },
    ],
    nodes: [
      node('word', 'Gather', ['words', 'input_ids']),
      node('type', 'Gather', ['types', 'token_type_ids']),
      // Positions count tokens that are not padding.
      node('counted', 'CumSum', ['attention_mask', 'one']),
      node('place', 'Sub', ['counted', 'one']),
      node('position', 'Gather', ['positions', 'place']),
      node('sum', 'Add', ['word', 'type']),
      node('x', 'Add', ['sum', 'position']),
      node('turned', 'Transpose', ['x'], { perm: [0, 2, 1] }),
      node('products', 'MatMul', ['x', 'turned']),
      node('scaled', 'Mul', ['products', 'scale']),
      node('mask', 'Cast', ['attention_mask'], { to: 1 }),
      node('padding', 'Sub', ['oneF', 'mask']),
      node('hidden', 'Mul', ['padding', 'hide']),
      node('bias', 'Unsqueeze', ['hidden', 'axis']),
      node('biased', 'Add', ['scaled', 'bias']),
      node('attention', 'Softmax', ['biased'], { axis: -1 }),
      node('mixed', 'MatMul', ['attention', 'x']),
      node('last_hidden_state', 'Add', ['mixed', 'x']),
    ],
  })
}

function tokenizerOf(vocabulary: ReadonlyMap<string, number>): unknown {
  const marked = (content: string) => ({ SpecialToken: { id: content, type_id: 0 } })
  const special = (content: string) => {
    const id = vocabulary.get(content)
    return [content, { id: content, ids: [id], tokens: [content] }] as const
  }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specials.map((content) => ({
      id: vocabulary.get(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [marked('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, marked('[SEP]')],
      pair: [marked('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, marked('[SEP]')],
      special_tokens: Object.fromEntries([special('[CLS]'), special('[SEP]')]),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary),
    },
  }
}

/** Mulberry32: the same numbers on every machine. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
