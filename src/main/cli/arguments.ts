import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import { bounds } from '../../shared/domain/limits.ts'
import { seed } from '../../shared/domain/seed.ts'
import type { Settings } from '../../shared/domain/settings.ts'

/** The settings that `--model` and `--passages-only` override. */
export function modelOverrides(model: string | undefined, passagesOnly = false): Partial<Settings> {
  return model === undefined ? { passagesOnly } : { passagesOnly, modelFile: path.resolve(model) }
}

/** @throws InvalidArgumentError unless `text` is a number within the bounds of a temperature. */
export function temperatureOf(text: string): number {
  const temperature = /^\d+(\.\d+)?$/u.test(text) ? Number(text) : Number.NaN
  const { max } = bounds.temperature
  if (temperature <= max) return temperature
  throw new InvalidArgumentError(`A number from 0 to ${String(max)} is needed.`)
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
  throw new InvalidArgumentError(`A whole number from 0 to ${String(bounds.seed.max)} is needed.`)
}

/** @throws InvalidArgumentError unless `text` is a whole number of at least 0. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}
