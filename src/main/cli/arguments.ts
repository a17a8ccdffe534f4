import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import { largestSeed, seed } from '../../shared/domain/seed.ts'
import type { Settings } from '../../shared/domain/settings.ts'

/** The settings that `--model` and `--passages-only` override. */
export function modelOverrides(model: string | undefined, passagesOnly = false): Partial<Settings> {
  return model === undefined ? { passagesOnly } : { passagesOnly, modelFile: path.resolve(model) }
}

/** @throws InvalidArgumentError unless `text` is a number from 0 to 2. */
export function temperatureOf(text: string): number {
  const temperature = /^\d+(\.\d+)?$/u.test(text) ? Number(text) : Number.NaN
  if (!(temperature <= 2)) throw new InvalidArgumentError('A number from 0 to 2 is needed.')
  return temperature
}

/** @throws InvalidArgumentError unless `text` is a whole number of at least 1. */
export function positiveNumber(text: string): number {
  const number = wholeNumber(text)
  if (number === 0) throw new InvalidArgumentError('A whole number from 1 on is needed.')
  return number
}

/** @throws InvalidArgumentError unless `text` is a seed. */
export function seedOf(text: string): number {
  const parsed = seed.safeParse(/^\d+$/u.test(text) ? Number(text) : Number.NaN)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(`A whole number from 0 to ${String(largestSeed)} is needed.`)
}

/** @throws InvalidArgumentError unless `text` is a whole number of at least 0. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}
