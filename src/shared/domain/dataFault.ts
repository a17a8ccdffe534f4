import { z } from 'zod'

/** The parts of the data folder, in the order in which they are checked. */
export const checkedStores = [
  'documents',
  'index',
  'conversations',
  'templates',
  'test-sets',
  'runs',
  'models',
  'settings',
] as const
export const checkedStore = z.enum(checkedStores)
export type CheckedStore = z.infer<typeof checkedStore>

/** What can be wrong with a file of the data folder. */
export const faultKinds = [
  /** Nothing of it can be understood. */
  'unreadable',
  /** Some of its lines cannot be understood. */
  'lines',
  'missing',
  /** A start kept a damaged file under another name, beside the one that is used. */
  'damaged-copy',
  'text',
  'layout',
  'original',
  'original-missing',
  'upload-missing',
  'index',
  'word-counts',
  'model-missing',
  'model-damaged',
  'model-size',
  'model-hash',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** What a repair does. None deletes: what is damaged is moved to the folder `set-aside`. */
export const repairKinds = [
  'read-again',
  'index-again',
  /** Moves the file away, and does without it. */
  'set-aside',
  /** Moves the file away, and writes it again from what Penknife has in memory. */
  'write-again',
  /** Moves the file away, and writes what can be read of it. */
  'keep-readable',
] as const
export type RepairKind = (typeof repairKinds)[number]

export const dataFault = z
  .object({
    /** The same in each check as long as the fault is there. */
    id: z.string(),
    store: checkedStore,
    /** What a person calls it: the name of a document, the title of a conversation. */
    name: z.string(),
    file: z.string(),
    kind: z.enum(faultKinds),
    /** Number of lines that cannot be read; null for other kinds. */
    lines: z.number().int().nullable(),
    /** null where only a person can repair it. */
    repair: z.enum(repairKinds).nullable(),
  })
  .readonly()
export type DataFault = z.infer<typeof dataFault>
