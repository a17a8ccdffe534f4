import { copyFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { move, replaceFile } from './durableFile.ts'
import { whenMissing } from './systemError.ts'
import { explainingWrites } from './writeErrors.ts'
import { folderInPlace } from './wrongKind.ts'

/** Takes a sentence that a person should see: what could not be read, and where it is now. */
export type Notice = (sentence: string) => void

/**
 * Reads and checks a JSON file. One that does not fit is set aside under another name and reported,
 * never overwritten.
 *
 * @returns undefined where there is no file, or none that fits.
 */
export async function readJsonFile<T>(
  file: string,
  schema: z.ZodType<T>,
  notice: Notice,
): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(folderInPlace(file)).catch(whenMissing(undefined))
  if (text === undefined) return undefined
  const value = parseJson(text, schema)
  if (value !== undefined) return value
  const aside = brokenName(file)
  await move(file, aside)
  notice(
    `The file ${path.basename(file)} could not be read. It was kept as ${aside}, and Penknife went on without it.`,
  )
  return undefined
}

/** Writes a value as JSON that people can read, in one step. */
export async function writeJsonFile(file: string, value: unknown): Promise<void> {
  await replaceFile(file, `${JSON.stringify(value, null, 2)}\n`)
}

/** @returns undefined where the text is not JSON or does not fit. */
export function parseJson<T>(text: string, schema: z.ZodType<T>): T | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

/** A time for names of files and folders; as text they are in its order. */
export function timeInName(time: Date): string {
  return time.toISOString().replaceAll(/[-:.]/g, '')
}

/** The time of a name, ISO 8601; null where `timeInName` did not make it. */
export function timeOfName(name: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2})(\d{2})(\d{2})(\d{3})Z$/u.exec(
    name.replace(/^(\d{4})(\d{2})(\d{2})T/u, '$1-$2-$3T'),
  )
  if (parts === null) return null
  const [, start = '', minutes = '', seconds = '', ms = ''] = parts
  return `${start}:${minutes}:${seconds}.${ms}Z`
}

/** `name.broken-TIMESTAMP.ext` beside the file; the timestamp sorts. */
export function brokenName(file: string): string {
  const { dir, name, ext } = path.parse(file)
  return path.join(dir, `${name}.broken-${timeInName(new Date())}${ext}`)
}

/** Copies a file that is damaged, before it is written again without what cannot be read. @returns the copy. */
export async function keepBrokenCopy(file: string): Promise<string> {
  const copy = brokenName(file)
  await explainingWrites(() => copyFile(file, copy))
  return copy
}
