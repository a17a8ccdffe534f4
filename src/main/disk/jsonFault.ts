import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { fileTask, unreadable, type CheckTask } from './checkTask.ts'
import { parseJson } from './jsonFile.ts'
import { whenMissing } from './systemError.ts'

/** What is wrong with a JSON file; null where it fits. */
export async function findJsonFault(
  file: string,
  schema: z.ZodType,
): Promise<'unreadable' | 'missing' | null> {
  try {
    const text = await readFile(file, 'utf8').catch(whenMissing(null))
    if (text === null) return 'missing'
    return parseJson(text, schema) === undefined ? 'unreadable' : null
  } catch (error) {
    return unreadable(error)
  }
}

/**
 * The check of a JSON file that need not be there.
 *
 * @param rewrite writes it again from memory.
 */
export function jsonCheck(
  name: string,
  file: string,
  schema: z.ZodType,
  rewrite: () => Promise<void>,
): CheckTask {
  return fileTask(name, file, async () => {
    const kind = await findJsonFault(file, schema)
    if (kind !== 'unreadable') return null
    return {
      kind,
      lines: null,
      repair: 'write-again',
      async runRepair(aside) {
        await aside.copy(file)
        await rewrite()
      },
    }
  })
}

/** The check of a JSON file of what can be measured or counted again. */
export function derivedJsonCheck(name: string, file: string, schema: z.ZodType): CheckTask {
  return fileTask(name, file, async () => {
    const kind = await findJsonFault(file, schema)
    if (kind !== 'unreadable') return null
    return { kind, lines: null, repair: 'set-aside', runRepair: (aside) => aside.move(file) }
  })
}
