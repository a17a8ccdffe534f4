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

/** A core that ends with the running test. */
export async function openCore(options: WindowCoreOptions = {}): Promise<WindowCore> {
  const core = await createWindowCore(options)
  onTestFinished(() => core[Symbol.asyncDispose]())
  return core
}

/** The whole window over a real core, until the running test is over. */
export async function openWindow(
  options: WindowCoreOptions = {},
  files?: FileSource,
): Promise<OpenedWindow> {
  return windowOver(await openCore(options), files)
}

/** The whole window over a core that there is. */
export function windowOver(core: WindowCore, files?: FileSource): OpenedWindow {
  const parts = createWindowParts({
    connection: createConnection(() => ({
      transport: core.transport,
      // The window tries again by and by, and a core that has been closed stays so.
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
