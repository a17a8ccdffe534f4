import { z } from 'zod'

/** What a file may not exceed, so that none can exhaust the machine. In bytes. */
export const parseLimits = z
  .object({
    /** Size of the file. */
    bytes: z.number().positive(),
    /** Size of a file whose bytes are text, all of which must be in memory at once. */
    textBytes: z.number().positive(),
    /** Size of everything in a zip container once unpacked. */
    unpackedBytes: z.number().positive(),
  })
  .readonly()
export type ParseLimits = z.infer<typeof parseLimits>

/** What the file of a table may not exceed. */
export const tableLimits = parseLimits.unwrap().pick({ textBytes: true, unpackedBytes: true })
export type TableLimits = Readonly<z.infer<typeof tableLimits>>

export const defaultParseLimits: ParseLimits = {
  bytes: 200 * 1024 * 1024,
  textBytes: 64 * 1024 * 1024,
  unpackedBytes: 256 * 1024 * 1024,
}

export const defaultTableLimits: TableLimits = {
  textBytes: 80 * 1024 * 1024,
  unpackedBytes: 256 * 1024 * 1024,
}
