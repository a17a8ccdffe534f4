import type { Api } from '../../src/renderer/src/api/api.ts'
import { createMirror, type Mirror } from '../../src/renderer/src/mirror/mirror.ts'

/** The window's copy of a core, over a connection that stays open. */
export function openMirror(
  api: Api,
  onError: (error: unknown, sentence: string) => void = () => undefined,
): Mirror {
  return createMirror({
    api,
    connection: {
      getState: () => ({ status: 'open', generation: 1 }),
      subscribe: () => () => undefined,
    },
    onError,
  })
}
