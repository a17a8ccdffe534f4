import { z } from 'zod'
import { dataFault } from '../domain/dataFault.ts'
import { stream } from '../rpc/contract.ts'

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
}
