import { z } from 'zod'

/** A value with its 95 % interval. */
export const estimate = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .readonly()
export type Estimate = z.infer<typeof estimate>

/** Counts of expected against given labels. The last column counts what is in no label's domain. */
export const confusion = z
  .object({
    labels: z.array(z.string()).readonly(),
    /** `counts[expected][given]`; each row has one column more than there are labels. */
    counts: z.array(z.array(z.number().int()).readonly()).readonly(),
  })
  .readonly()
export type Confusion = z.infer<typeof confusion>
