import path from 'node:path'
import type { z } from 'zod'
import { createMutex } from '../flow/mutex.ts'
import { makeFolder } from './durableFile.ts'
import { readJsonFile, writeJsonFile, type Notice } from './jsonFile.ts'

/** A value in memory and in a JSON file. Memory never shows what is not on the disk. */
export interface StoredValue<T> {
  get(): T
  /**
   * Changes the value, after all changes that were asked for before, and resolves to it once it is on
   * the disk. What `apply` throws is passed on.
   *
   * @throws AppError `disk-full`, `permission-denied`; the value is as before then.
   */
  change(apply: (before: T) => T): Promise<T>
}

export interface StoredValueOptions<T> {
  readonly file: string
  readonly schema: z.ZodType<T>
  /** The value where there is no file, or none that can be read: that one is set aside. */
  readonly otherwise: T
  readonly notice: Notice
}

export async function openStoredValue<T>({
  file,
  schema,
  otherwise,
  notice,
}: StoredValueOptions<T>): Promise<StoredValue<T>> {
  const exclusive = createMutex()
  let value = (await readJsonFile(file, schema, notice)) ?? otherwise
  return {
    get: () => value,
    change: (apply) =>
      exclusive(async () => {
        const next = apply(value)
        await makeFolder(path.dirname(file))
        await writeJsonFile(file, next)
        value = next
        return next
      }),
  }
}
