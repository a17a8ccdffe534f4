import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { Notice } from '../disk/jsonFile.ts'
import { openStoredValue } from '../disk/storedValue.ts'

const model = z.object({ id: z.string(), name: z.string() })

const indexRecord = z
  .object({
    /** Names the embedder with its version, and the folder. */
    id: z.string(),
    /** The installed model. */
    model,
    dimensions: z.number().int().positive(),
    /** What its cosines mean here; null as long as it is not known, and for the bundled one. */
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
    /** The one that is being made. */
    rebuild: rebuildRecord.nullable(),
    /** Whether files of earlier indexes may be left. */
    untidy: z.boolean(),
  })
  .readonly()
export type IndexPointer = z.infer<typeof pointerFile>

/**
 * Says which index is in use. Written in one step: whatever ends the process, the next one opens an
 * index that was whole.
 */
export interface PointerStore {
  get(): IndexPointer
  /** @throws AppError `disk-full`; then the old one holds. */
  set(change: Partial<Omit<IndexPointer, 'version'>>): Promise<void>
}

/** @param first taken where there is no pointer yet, or none that can be read. */
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
  return { get: () => stored.get(), set }
}
