import { randomInt } from 'node:crypto'
import { bounds } from '../../shared/domain/limits.ts'
import type { Sampling, UsedSampling } from '../../shared/domain/sampling.ts'
import type { GenerateOptions } from '../llm/llm.ts'

/** A random seed. */
export function newSeed(): number {
  return randomInt(bounds.seed.max + 1)
}

/**
 * The sampling options of an answer: temperature 0 unless the conversation has its own.
 *
 * @param maxTokens tokens reserved for the answer
 * @param seed null: a new one
 */
export function samplingOf(
  wanted: Sampling | null | undefined,
  maxTokens: number,
  seed: number | null | undefined,
): UsedSampling {
  const temperature = wanted?.temperature ?? 0
  return { temperature, seed: temperature === 0 ? null : (seed ?? newSeed()), maxTokens }
}

/** The sampling in a template's generation options. */
export function samplingIn({ temperature, seed, maxTokens }: GenerateOptions): UsedSampling {
  return { temperature, seed: temperature === 0 ? null : (seed ?? null), maxTokens }
}

/** The generation options for the model. */
export function toGenerateOptions({ temperature, seed, maxTokens }: UsedSampling): GenerateOptions {
  return { temperature, maxTokens, ...(seed === null ? {} : { seed }) }
}
