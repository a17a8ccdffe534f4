import os from 'node:os'
import type { ModelFacts, ModelFit } from '../../../shared/domain/languageModel.ts'

/** The properties that a model's memory use depends on. */
export interface ModelShape {
  /** Bytes of its weights. */
  readonly sizeBytes: number
  readonly vocabulary: number
  /** Bytes of KV cache per token of context. */
  readonly contextTokenBytes: number
  /** Tokens of context that it was trained with; null if the file doesn't say. */
  readonly contextLength: number | null
}

/**
 * Default context in tokens: an answer from a few passages doesn't need the memory of a larger one.
 */
export const defaultContext = 4_096
/** llama.cpp rounds contexts up to a multiple of this. */
const contextStep = 256
/** Fewer tokens than this aren't enough for a question with its passages. */
const leastContext = 512
/** The process itself and llama.cpp's compute buffers (measured, see docs/benchmarks.md). */
const overheadBytes = 150 * 1024 * 1024
/** Bytes per token of the vocabulary in llama.cpp's and node-llama-cpp's tables (measured). */
const vocabularyTokenBytes = 700
/** Memory left to the system and other programs: a fifth, but at least this. */
const leastSpareBytes = 1.5 * 1024 ** 3

/** Bytes that models may use on this computer. */
export function memoryForModels(total: number = totalMemory()): number {
  return Math.max(0, total - Math.max(leastSpareBytes, total / 5))
}

/** The computer's memory in bytes, or this process's limit (cgroups). */
export function totalMemory(): number {
  const granted = process.constrainedMemory()
  return granted > 0 && granted < os.totalmem() ? granted : os.totalmem()
}

/** The context size to load a model with, in tokens. */
export interface ContextChoice {
  /** The size asked for, or the default, at most what the model was trained with. */
  readonly wanted: number
  /** The part of `wanted` that memory suffices for. */
  readonly chosen: number
}

/**
 * @param asked tokens; null: the default.
 * @returns `chosen` equals `wanted` for a model that doesn't fit at all: loading it fails with the
 * reason.
 */
export function chooseContext(
  asked: number | null,
  { contextLength, fits }: Pick<ModelFacts, 'contextLength' | 'fits'>,
): ContextChoice {
  const wanted = Math.min(asked ?? defaultContext, contextLength ?? defaultContext)
  return { wanted, chosen: fits.maxContext === 0 ? wanted : Math.min(wanted, fits.maxContext) }
}

/**
 * How a model fits into `available` bytes. The weights count once, whether they are mapped or
 * copied: see `isRepacked`.
 */
export function fitModel(shape: ModelShape, available: number = memoryForModels()): ModelFit {
  const fixed = shape.sizeBytes + overheadBytes + vocabularyTokenBytes * shape.vocabulary
  const trained = shape.contextLength ?? defaultContext
  const context = Math.min(defaultContext, trained)
  const memoryBytes = Math.round(fixed + context * shape.contextTokenBytes)
  const room = available - fixed
  const fitting =
    shape.contextTokenBytes === 0 ? trained : Math.floor(room / shape.contextTokenBytes)
  const whole = Math.floor(fitting / contextStep) * contextStep
  const maxContext = fitting >= trained ? trained : whole
  const enough = room >= 0 && maxContext >= Math.min(leastContext, trained)
  return { memoryBytes, maxContext: enough ? maxContext : 0 }
}
