import { z } from 'zod'
import { settings as settingsSchema, settingsPatch } from '../domain/settings.ts'
import { event, procedure } from '../rpc/contract.ts'

/** What the window needs to know about where it runs. */
export const appInfo = z
  .object({
    version: z.string(),
    shell: z.enum(['electron', 'browser', 'terminal']),
    platform: z.enum(['darwin', 'win32', 'linux']),
    dataDir: z.string(),
    sampleQuestions: z.array(z.string()).readonly(),
    embedder: z.object({ id: z.string(), dimensions: z.number().int() }),
    /** What was set aside at start-up because it could not be read, in sentences. */
    notices: z.array(z.string()).readonly(),
  })
  .readonly()
export type AppInfo = z.infer<typeof appInfo>

export const settings = {
  get: procedure({ output: settingsSchema }),
  /** Merges the given fields and answers with the whole. */
  update: procedure({ input: settingsPatch, output: settingsSchema }),
  changed: event(settingsSchema),
  info: procedure({ output: appInfo }),
}
