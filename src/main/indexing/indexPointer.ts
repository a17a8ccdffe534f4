import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { CheckTask } from '../disk/checkTask.ts'
import type { Notice } from '../disk/jsonFile.ts'
import { openStoredValue } from '../disk/storedValue.ts'

const model = z.object({ id: z.string(), name: z.string() })

const indexRecord = z
  .object({
    /** Id of the embedder with its version; also the name of the index's folder. */
    id: z.string(),
    /** Id of the installed model. */
    model,
    dimensions: z.number().int().positive(),
    /**
     * Mean cosines of unrelated and of related texts in this library; null until measured, and for
     * the bundled embedder.
     */
    anchors: z.object({ strangers: z.number(), kin: z.number() }).nullable(),
  })
  .readonly()
export type IndexRecord = z.infer<typeof indexRecord>

const rebuildRecord = z
  .object({
    model,
    paused: z.boolean(),
    /** Documents that were done when this was written, and all there were. */
    done: z.number().int(),
    total: z.number().int(),
  })
  .readonly()

const pointerFile = z
  .object({
    version: z.literal(1),
    index: indexRecord,
    /** The index that is being built. */
    rebuild: rebuildRecord.nullable(),
    /** Whether files of earlier indexes may still have to be deleted. */
    untidy: z.boolean(),
  })
  .readonly()
export type IndexPointer = z.infer<typeof pointerFile>

/**
 * Records which index is in use. Written atomically: after a crash, the next process opens a
 * complete index.
 */
export interface PointerStore {
  get(): IndexPointer
  /** @throws AppError `disk-full`; the previous record stays in use then. */
  set(change: Partial<Omit<IndexPointer, 'version'>>): Promise<void>
  readonly check: (name: string) => CheckTask
}

/** @param first used if there is no pointer file, or an unreadable one. */
export async function openIndexPointer(
  file: string,
  first: IndexRecord,
  notice: Notice,
): Promise<PointerStore> {
  const stored = await openStoredValue({
    file,
    schema: pointerFile,
    otherwise: { version: 1, index: first, rebuild: null, untidy: true },
    notice,
  })
  const set: PointerStore['set'] = async (change) => {
    await stored.change((before) => ({ ...before, ...change }))
  }
  if (!existsSync(file)) await set({})
  return { get: () => stored.get(), set, check: stored.check }
}
