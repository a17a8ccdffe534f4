import { render, type RenderResult } from '@testing-library/react'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import { createConnection } from '../../src/renderer/src/api/connection.ts'
import { createBrowserFileSource, type FileSource } from '../../src/renderer/src/api/fileSource.ts'
import { App } from '../../src/renderer/src/app/App.tsx'
import { createWindowParts, type WindowParts } from '../../src/renderer/src/app/windowParts.ts'
import { createFakeCore, type FakeCore, type FakeCoreOptions } from './fakeApi.ts'

export interface RenderedWindow {
  readonly core: FakeCore
  readonly parts: WindowParts
  readonly user: UserEvent
  readonly view: RenderResult
}

/** The whole window over a made-up core. */
export function renderWindow(options: FakeCoreOptions = {}, files?: FileSource): RenderedWindow {
  const core = createFakeCore(options)
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
