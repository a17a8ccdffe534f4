import { z } from 'zod'
import { formatId } from '../domain/libraryDocument.ts'
import { settings as settingsSchema, settingsPatch } from '../domain/settings.ts'
import { event, procedure } from '../rpc/contract.ts'

/** What the window needs to know about where it runs. */
export const appInfo = z
  .object({
    version: z.string(),
    shell: z.enum(['electron', 'browser']),
    platform: z.enum(['darwin', 'win32', 'linux']),
    dataDir: z.string(),
    formats: z
      .array(
        z.object({
          id: formatId,
          name: z.string(),
          /** As it stands in a list of what can be read; several formats may share one. */
          kind: z.string(),
          extensions: z.array(z.string()).readonly(),
        }),
      )
      .readonly(),
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
