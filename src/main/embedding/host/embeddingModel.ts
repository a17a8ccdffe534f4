import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { AutoModel, env, Tensor } from '@huggingface/transformers'
import { AppError } from '../../../shared/errors.ts'
import { openTokenizer } from '../tokens/openTokenizer.ts'
import type { EmbedderProfile } from './embedderContract.ts'
import { joinParts, poolRows } from './pooling.ts'
import { createTokenizer, type Tokenizer } from './tokenizer.ts'

export interface Embedding {
  /** The vectors, concatenated; zeros for a text without one. */
  readonly vectors: Float32Array
  /** Indexes of the texts without a vector. */
  readonly missing: number[]
}

export interface EmbeddingModel {
  embed(texts: readonly string[], purpose: 'query' | 'passage'): Promise<Embedding>
  dispose(): Promise<void>
}

/** Tokens per run, padding included. Limits memory, since ONNX Runtime's arena never shrinks. */
const tokensPerRun = 8_192

/** Largest vocabulary whose table is kept in memory: 200 MB with 512 dimensions. */
const mostTableTokens = 100_000

type Model = Awaited<ReturnType<typeof AutoModel.from_pretrained>>

/**
 * Loads a model from its folder with transformers.js, from local files only.
 *
 * @throws AppError `model-missing`, `model-load-failed`
 */
export async function loadEmbeddingModel(
  profile: EmbedderProfile,
  threads: number,
): Promise<EmbeddingModel> {
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.useFSCache = false
  env.useBrowserCache = false
  env.localModelPath = path.dirname(profile.dir)
  const name = path.basename(profile.dir)
  try {
    const tokenizer = createTokenizer(await openTokenizer(profile.dir), profile.maxTokens)
    const model = await AutoModel.from_pretrained(name, {
      local_files_only: true,
      // transformers.js derives the file name from it: `model.onnx`, `model_quantized.onnx`.
      dtype: profile.weights === 'model' ? 'fp32' : 'q8',
      device: 'cpu',
      session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
    })
    await checkWidth(profile, tokenizer, model)
    const tokens = await staticVocabulary(profile.dir)
    if (tokens === undefined) {
      return {
        embed: (texts, purpose) => embedTexts({ profile, tokenizer, model }, texts, purpose),
        dispose: async () => {
          await model.dispose()
        },
      }
    }
    const table = await readTable(model, tokens)
    await model.dispose()
    return {
      embed: (texts, purpose) =>
        Promise.resolve(lookUpTexts({ profile, tokenizer, table }, texts, purpose)),
      dispose: () => Promise.resolve(),
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'model-load-failed',
      `The embedding model in ${profile.dir} could not be loaded.`,
      { cause: error },
    )
  }
}

/**
 * A model without layers is an embedding table: a token's vector doesn't depend on its context.
 *
 * @returns the size of its vocabulary; undefined for a model with layers.
 */
async function staticVocabulary(directory: string): Promise<number | undefined> {
  const [config, tokenizer] = await Promise.all(
    ['config.json', 'tokenizer.json'].map(async (name): Promise<unknown> => {
      return JSON.parse(await readFile(path.join(directory, name), 'utf8'))
    }),
  )
  if ((config as { num_hidden_layers?: unknown }).num_hidden_layers !== 0) return undefined
  const { vocab } = (tokenizer as { model: { vocab: object } }).model
  const size = Object.keys(vocab).length
  return size <= mostTableTokens ? size : undefined
}

/**
 * Reads the vector of every token once: looking them up takes a tenth of the time of running the
 * model.
 */
async function readTable(model: Model, tokens: number): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for (let from = 0; from < tokens; from += tokensPerRun) {
    const ids = Array.from({ length: Math.min(tokensPerRun, tokens - from) }, (_, i) => from + i)
    parts.push(await hiddenStates(model, { input_ids: integers(ids, [1, ids.length]) }))
  }
  const table = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    table.set(part, at)
    at += part.length
  }
  return table
}

interface Table {
  readonly profile: EmbedderProfile
  readonly tokenizer: Tokenizer
  readonly table: Float32Array
}

function lookUpTexts(
  { profile, tokenizer, table }: Table,
  texts: readonly string[],
  purpose: 'query' | 'passage',
): Embedding {
  const { dimensions } = profile
  const vectors = new Float32Array(texts.length * dimensions)
  const missing: number[] = []
  for (const [index, text] of texts.entries()) {
    const ids = encode(profile, tokenizer, text, purpose).flat()
    const vector = vectors.subarray(index * dimensions, (index + 1) * dimensions)
    if (!tokenizer.hasContent(ids) || !poolRows(table, ids, profile, vector)) missing.push(index)
  }
  return { vectors, missing }
}

function encode(
  profile: EmbedderProfile,
  tokenizer: Tokenizer,
  text: string,
  purpose: 'query' | 'passage',
): readonly (readonly number[])[] {
  if (text.trim() === '') return []
  return tokenizer.encode(purpose === 'query' ? profile.queryPrefix : profile.passagePrefix, text)
}

/** @throws AppError `model-load-failed` if the vectors' width isn't that of the profile. */
async function checkWidth(
  { dir, dimensions }: EmbedderProfile,
  tokenizer: Tokenizer,
  model: Model,
): Promise<void> {
  const ids = [tokenizer.padId]
  const shape = [1, 1]
  const one = { attention_mask: integers([1], shape), token_type_ids: integers([0], shape) }
  const { length } = await hiddenStates(model, { input_ids: integers(ids, shape), ...one })
  if (length === dimensions) return
  throw new AppError(
    'model-load-failed',
    `The embedding model in ${dir} gives vectors of ${String(length)} values where ${String(dimensions)} were to be expected. Download it again.`,
  )
}

interface Loaded {
  readonly profile: EmbedderProfile
  readonly tokenizer: Tokenizer
  readonly model: Model
}

async function embedTexts(
  loaded: Loaded,
  texts: readonly string[],
  purpose: 'query' | 'passage',
): Promise<Embedding> {
  const { profile, tokenizer } = loaded
  const parts = texts.flatMap((text, index) =>
    encode(profile, tokenizer, text, purpose)
      .filter((ids) => tokenizer.hasContent(ids))
      .map((ids): Part => ({ text: index, ids, vector: new Float32Array(profile.dimensions) })),
  )
  await embedParts(loaded, parts)
  const vectors = new Float32Array(texts.length * profile.dimensions)
  const missing: number[] = []
  for (const index of texts.keys()) {
    const own = parts.filter(({ text }) => text === index)
    const vector = vectors.subarray(index * profile.dimensions, (index + 1) * profile.dimensions)
    if (!joinParts(own, profile, vector)) missing.push(index)
  }
  return { vectors, missing }
}

/** A text, or a part of it that fits the model. */
interface Part {
  readonly text: number
  readonly ids: readonly number[]
  readonly vector: Float32Array
}

async function embedParts(loaded: Loaded, parts: readonly Part[]): Promise<void> {
  const { profile } = loaded
  const length = (index: number): number => parts[index]?.ids.length ?? 0
  // Sorted by length, so that little padding is needed.
  const order = [...parts.keys()].sort((a, b) => length(a) - length(b))
  for (const run of runs(order, length)) {
    const width = Math.max(...run.map(length))
    const hidden = await runPadded(
      loaded,
      run.map((index) => parts[index]?.ids ?? []),
      width,
    )
    for (const [row, index] of run.entries()) {
      const tokens = Array.from({ length: length(index) }, (_, token) => row * width + token)
      const part = parts[index]
      if (part !== undefined) poolRows(hidden, tokens, profile, part.vector)
    }
  }
}

/**
 * Splits texts, sorted by length, into runs of at most `tokensPerRun` tokens after padding to the
 * longest.
 */
function* runs(indexes: readonly number[], length: (index: number) => number): Generator<number[]> {
  let run: number[] = []
  for (const index of indexes) {
    if (run.length > 0 && (run.length + 1) * length(index) > tokensPerRun) {
      yield run
      run = []
    }
    run.push(index)
  }
  if (run.length > 0) yield run
}

function runPadded(
  { model, tokenizer }: Loaded,
  rows: readonly (readonly number[])[],
  width: number,
): Promise<Float32Array> {
  const shape = [rows.length, width]
  const padded = rows.flatMap((row) => [
    ...row,
    ...new Array<number>(width - row.length).fill(tokenizer.padId),
  ])
  const mask = rows.flatMap((row) => Array.from({ length: width }, (_, i) => +(i < row.length)))
  return hiddenStates(model, {
    input_ids: integers(padded, shape),
    attention_mask: integers(mask, shape),
    token_type_ids: integers(new Array<number>(padded.length).fill(0), shape),
  })
}

function integers(values: readonly number[], shape: number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), shape)
}

async function hiddenStates(model: Model, inputs: Record<string, Tensor>): Promise<Float32Array> {
  const outputs = (await model(inputs)) as { last_hidden_state?: { data: unknown } }
  const hidden = outputs.last_hidden_state?.data
  if (!(hidden instanceof Float32Array)) {
    throw new AppError('model-load-failed', 'This model gives no token vectors.')
  }
  return hidden
}
