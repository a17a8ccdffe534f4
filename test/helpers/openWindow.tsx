import { render, type RenderResult } from '@testing-library/react'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import { onTestFinished } from 'vitest'
import { createConnection } from '../../src/renderer/src/api/connection.ts'
import { createBrowserFileSource, type FileSource } from '../../src/renderer/src/api/fileSource.ts'
import { App } from '../../src/renderer/src/app/App.tsx'
import { createWindowParts, type WindowParts } from '../../src/renderer/src/app/windowParts.ts'
import { createWindowCore, type WindowCore, type WindowCoreOptions } from './windowCore.ts'

export interface OpenedWindow {
  readonly core: WindowCore
  readonly parts: WindowParts
  readonly user: UserEvent
  readonly view: RenderResult
}

/** Opens a core that is closed when the running test ends. */
export async function openCore(options: WindowCoreOptions = {}): Promise<WindowCore> {
  const core = await createWindowCore(options)
  onTestFinished(() => core[Symbol.asyncDispose]())
  return core
}

/** Opens the whole window over a real core, until the running test ends. */
export async function openWindow(
  options: WindowCoreOptions = {},
  files?: FileSource,
): Promise<OpenedWindow> {
  return windowOver(await openCore(options), files)
}

/** Opens the whole window over an existing core. */
export function windowOver(core: WindowCore, files?: FileSource): OpenedWindow {
  const parts = createWindowParts({
    connection: createConnection(() => ({
      transport: core.transport,
      // The window tries to reconnect, but a closed core stays closed.
      opened: new Promise((resolve, reject) => {
        core.transport.onClose(() => reject(new Error('The core is closed.')))
        resolve()
      }),
    })),
    files: files ?? createBrowserFileSource({ token: '' }),
  })
  const view = render(<App parts={parts} />)
  return { core, parts, user: userEvent.setup({ delay: null }), view }
}
