import { randomInt } from 'node:crypto'
import { largestSeed } from '../../shared/domain/seed.ts'
import type { Sampling, UsedSampling } from '../../shared/domain/sampling.ts'
import type { GenerateOptions } from '../llm/llm.ts'

/** A seed that has not been used before, as good as certainly. */
export function newSeed(): number {
  return randomInt(largestSeed + 1)
}

/**
 * How an answer is written: exactly, unless the conversation wants otherwise.
 *
 * @param maxTokens tokens that are kept free for the answer
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

/** What was used of a template's options. */
export function samplingIn({ temperature, seed, maxTokens }: GenerateOptions): UsedSampling {
  return { temperature, seed: temperature === 0 ? null : (seed ?? null), maxTokens }
}

/** What the model is told. */
export function toGenerateOptions({ temperature, seed, maxTokens }: UsedSampling): GenerateOptions {
  return { temperature, maxTokens, ...(seed === null ? {} : { seed }) }
}
