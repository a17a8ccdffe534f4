import os from 'node:os'
import type { ModelFacts, ModelFit } from '../../../shared/domain/languageModel.ts'

/** What a model's memory depends on. */
export interface ModelShape {
  /** Bytes of its weights. */
  readonly sizeBytes: number
  readonly vocabulary: number
  /** Bytes that a token of context takes. */
  readonly contextTokenBytes: number
  /** Tokens of context that it was trained with; null if it does not say so. */
  readonly contextLength: number | null
}

/** More context than this costs memory that an answer from a few passages does not need. Tokens. */
export const defaultContext = 4_096
/** llama.cpp rounds contexts up to a multiple of this. */
const contextStep = 256
/** Fewer tokens than this hold no question with its passages. */
const leastContext = 512
/** The process itself and what llama.cpp computes in (measured, see docs/benchmarks.md). */
const overheadBytes = 150 * 1024 * 1024
/** A token of the vocabulary in llama.cpp's tables and in node-llama-cpp's (measured). */
const vocabularyTokenBytes = 700
/** Left to the system and to other programs: a fifth, but never less than this. */
const leastSpareBytes = 1.5 * 1024 ** 3

/** Bytes that models may take on this machine. */
export function memoryForModels(total: number = totalMemory()): number {
  return Math.max(0, total - Math.max(leastSpareBytes, total / 5))
}

/** The machine's memory, or what the system grants this process of it. */
export function totalMemory(): number {
  const granted = process.constrainedMemory()
  return granted > 0 && granted < os.totalmem() ? granted : os.totalmem()
}

/** How much context to load a model with, in tokens. */
export interface ContextChoice {
  /** What the person, or the default, asks of a model that was trained for it. */
  readonly wanted: number
  /** Of that, what there is memory for. */
  readonly chosen: number
}

/**
 * @param asked null: the default.
 * @returns `chosen` is `wanted` for a model that does not fit at all: trying it tells why.
 */
export function chooseContext(
  asked: number | null,
  { contextLength, fits }: Pick<ModelFacts, 'contextLength' | 'fits'>,
): ContextChoice {
  const wanted = Math.min(asked ?? defaultContext, contextLength ?? defaultContext)
  return { wanted, chosen: fits.maxContext === 0 ? wanted : Math.min(wanted, fits.maxContext) }
}

/**
 * How a model fits into `available` bytes. The weights count once, whether they lie in the file or in
 * a copy: see `isRepacked`.
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
