import { z } from 'zod'
import { dataFault } from '../domain/dataFault.ts'
import { procedure, stream } from '../rpc/contract.ts'

/** How far a check or a repair is; counted in files. */
export const checkProgress = z
  .object({
    done: z.number().int(),
    total: z.number().int(),
    /** What is looked at. */
    name: z.string(),
    /** How much of a large file is read, from 0 to 1; null for others. */
    fraction: z.number().nullable(),
  })
  .readonly()
export type CheckProgress = z.infer<typeof checkProgress>

export const checkResult = z
  .object({
    /** Number of files that were checked. */
    files: z.number().int(),
    faults: z.array(dataFault).readonly(),
  })
  .readonly()
export type CheckResult = z.infer<typeof checkResult>

export const repairResult = z
  .object({
    /** Ids of the faults that are not there any more. */
    repaired: z.array(z.string()).readonly(),
    /** All faults that are known and still there. */
    faults: z.array(dataFault).readonly(),
    /** Where damaged files are now; null if none was moved. */
    setAside: z.string().nullable(),
    /** Why a repair failed, in a sentence; null if none did. */
    problem: z.string().nullable(),
  })
  .readonly()
export type RepairResult = z.infer<typeof repairResult>

const progressItem = z.object({ type: z.literal('progress'), progress: checkProgress })

export const checkItem = z.discriminatedUnion('type', [
  progressItem,
  z.object({ type: z.literal('done'), result: checkResult }),
])
export type CheckItem = z.infer<typeof checkItem>

export const repairItem = z.discriminatedUnion('type', [
  progressItem,
  z.object({ type: z.literal('done'), result: repairResult }),
])
export type RepairItem = z.infer<typeof repairItem>

/** Something that was set aside. */
export const asideItem = z
  .object({
    id: z.string(),
    /** `files`: damaged files of one repair. */
    kind: z.enum(['document', 'files']),
    name: z.string(),
    /** When it was set aside, ISO 8601; null where that is not known. */
    at: z.string().nullable(),
    bytes: z.number().int(),
    /** Folder that it is in. */
    folder: z.string(),
    /** Whether it can be put back into the library. */
    restorable: z.boolean(),
  })
  .readonly()
export type AsideItem = z.infer<typeof asideItem>

/** The data folder: whether all of it is in order. */
export const data = {
  /**
   * Reads every file and changes nothing; the last item is `done`.
   *
   * `models`: whether the files of models are read in full, which takes half a minute for 7 GB.
   */
  check: stream({ input: z.object({ models: z.boolean() }), item: checkItem }),
  /**
   * Repairs faults of the last check, and looks again. Nothing is deleted: what is damaged is moved
   * to the folder `set-aside`.
   */
  repair: stream({
    input: z.object({ ids: z.array(z.string()).max(100_000).readonly() }),
    item: repairItem,
  }),
  /** What starts and repairs have set aside, the latest first. */
  setAside: procedure({ output: z.array(asideItem).readonly() }),
  /** Puts a document back into the library, under a name that is free. */
  restoreSetAside: procedure({
    input: z.object({ id: z.string() }),
    output: z.object({ name: z.string() }),
  }),
  /** Deletes from the disk. There is no undo. */
  deleteSetAside: procedure({ input: z.object({ ids: z.array(z.string()).max(100_000) }) }),
  /** Opens the folder of what was set aside in the system's file manager, where the shell can. */
  showSetAside: procedure({ input: z.object({ id: z.string() }) }),
}
