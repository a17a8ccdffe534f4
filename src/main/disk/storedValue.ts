import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { createMutex } from '../flow/mutex.ts'
import { fileTask, type CheckTask, type FoundFault } from './checkTask.ts'
import { makeFolder } from './durableFile.ts'
import { findJsonFault } from './jsonFault.ts'
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
  /** Resolves when no change is being written: the folder can be given to another process. */
  readonly settled: () => Promise<void>
  /** The check of its file. @param name what a person calls it. */
  readonly check: (name: string) => CheckTask
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

  function change(apply: (before: T) => T): Promise<T> {
    return exclusive(async () => {
      const next = apply(value)
      await makeFolder(path.dirname(file))
      await writeJsonFile(file, next)
      value = next
      return next
    })
  }

  return {
    get: () => value,
    change,
    settled: () => exclusive(() => Promise.resolve()),
    check: (name) =>
      fileTask(name, file, async () => {
        const kind = await exclusive(() => findJsonFault(file, schema))
        // Nothing was ever written then.
        const isNew = kind === 'missing' && isDeepStrictEqual(value, otherwise)
        if (kind === null || isNew) return null
        const runRepair: FoundFault['runRepair'] = async (aside) => {
          await aside.copy(file)
          await change((unchanged) => unchanged)
        }
        return { kind, lines: null, repair: 'write-again', runRepair }
      }),
  }
}
