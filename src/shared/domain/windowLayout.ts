import { z } from 'zod'

/** How the parts of the window lie, as the user left them. The same in every theme and shell. */
export const windowLayout = z
  .object({
    /** Whether the rail shows icons only, in a window that has room for words. */
    railCollapsed: z.boolean().default(false),
    /** Widths in pixels, by the name of what is inspected. Those that are absent were never changed. */
    inspectors: z.record(z.string().max(40), z.number().min(100).max(10_000)).default({}),
  })
  .readonly()
export type WindowLayout = z.infer<typeof windowLayout>
