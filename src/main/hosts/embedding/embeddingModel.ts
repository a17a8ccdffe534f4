import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { AutoModel, AutoTokenizer, env, Tensor } from '@huggingface/transformers'
import { AppError } from '../../../shared/errors.ts'
import type { EmbeddedTexts, EmbedderProfile } from '../embedderContract.ts'
import { pool } from './pooling.ts'
import { createTokenizer, type Tokenizer } from './tokenizer.ts'

export interface EmbeddingModel {
  embed(texts: readonly string[], purpose: 'query' | 'passage'): Promise<EmbeddedTexts>
  dispose(): Promise<void>
}

/** Padded tokens in one run: keeps memory small (ONNX Runtime's arena never shrinks). */
const tokensPerRun = 8_192

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
    const isStatic = await readsTokensAlone(profile.dir)
    const tokenizer = createTokenizer(
      await AutoTokenizer.from_pretrained(name, { local_files_only: true }),
      profile.maxTokens,
    )
    const model = await AutoModel.from_pretrained(name, {
      local_files_only: true,
      dtype: 'fp32',
      device: 'cpu',
      session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
    })
    return {
      embed: (texts, purpose) =>
        embedTexts({ profile, tokenizer, model, isStatic }, texts, purpose),
      dispose: async () => {
        await model.dispose()
      },
    }
  } catch (error) {
    throw new AppError(
      'model-load-failed',
      `The embedding model in ${profile.dir} could not be loaded.`,
      { cause: error },
    )
  }
}

/**
 * A model without layers is a table: a token's vector does not depend on its neighbours, so that
 * texts can be laid end to end instead of being padded.
 */
async function readsTokensAlone(directory: string): Promise<boolean> {
  const config: unknown = JSON.parse(await readFile(path.join(directory, 'config.json'), 'utf8'))
  return (config as { num_hidden_layers?: unknown }).num_hidden_layers === 0
}

interface Loaded {
  readonly profile: EmbedderProfile
  readonly tokenizer: Tokenizer
  readonly model: Model
  readonly isStatic: boolean
}

async function embedTexts(
  loaded: Loaded,
  texts: readonly string[],
  purpose: 'query' | 'passage',
): Promise<EmbeddedTexts> {
  const { profile, tokenizer } = loaded
  const prefix = purpose === 'query' ? profile.queryPrefix : profile.passagePrefix
  const encoded = texts.map((text) => (text.trim() === '' ? [] : tokenizer.encode(prefix + text)))
  const vectors = new Float32Array(texts.length * profile.dimensions)
  const missing: number[] = []
  const present: number[] = []
  for (const [index, ids] of encoded.entries()) {
    ;(tokenizer.saysSomething(ids) ? present : missing).push(index)
  }
  const length = (index: number): number => encoded[index]?.length ?? 0
  // Texts of like length together: then little is padded.
  present.sort((a, b) => length(a) - length(b))
  for (const run of runs(present, length, loaded.isStatic)) {
    const rows = run.map((index) => encoded[index] ?? [])
    const pooled = await (loaded.isStatic ? runEndToEnd(loaded, rows) : runPadded(loaded, rows))
    for (const [row, index] of run.entries()) {
      const vector = pooled.subarray(row * profile.dimensions, (row + 1) * profile.dimensions)
      if (vector.every(Number.isFinite)) vectors.set(vector, index * profile.dimensions)
      else missing.push(index)
    }
  }
  return { vectors, missing: missing.sort((a, b) => a - b) }
}

/** Splits texts in order of length so that a run, padded to its longest text, stays small. */
function* runs(
  indexes: readonly number[],
  length: (index: number) => number,
  isStatic: boolean,
): Generator<number[]> {
  let run: number[] = []
  let tokens = 0
  for (const index of indexes) {
    const size = isStatic ? tokens + length(index) : (run.length + 1) * length(index)
    if (run.length > 0 && size > tokensPerRun) {
      yield run
      run = []
      tokens = 0
    }
    run.push(index)
    tokens += length(index)
  }
  if (run.length > 0) yield run
}

async function runEndToEnd(
  { model, profile }: Loaded,
  rows: readonly (readonly number[])[],
): Promise<Float32Array> {
  const ids = rows.flat()
  const output = await hiddenStates(model, { input_ids: integers(ids, [1, ids.length]) })
  const lengths = rows.map((row) => row.length)
  const starts: number[] = []
  lengths.reduce((start, length) => {
    starts.push(start)
    return start + length
  }, 0)
  return pool(output, starts, lengths, profile)
}

async function runPadded(
  { model, profile, tokenizer }: Loaded,
  rows: readonly (readonly number[])[],
): Promise<Float32Array> {
  const width = Math.max(...rows.map((row) => row.length))
  const shape = [rows.length, width]
  const padded = rows.flatMap((row) => [
    ...row,
    ...new Array<number>(width - row.length).fill(tokenizer.padId),
  ])
  const mask = rows.flatMap((row) => Array.from({ length: width }, (_, i) => +(i < row.length)))
  const output = await hiddenStates(model, {
    input_ids: integers(padded, shape),
    attention_mask: integers(mask, shape),
    token_type_ids: integers(new Array<number>(padded.length).fill(0), shape),
  })
  const starts = rows.map((_, row) => row * width)
  return pool(
    output,
    starts,
    rows.map((row) => row.length),
    profile,
  )
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
