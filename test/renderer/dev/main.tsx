import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/inter/wght-italic.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createConnection } from '../../../src/renderer/src/api/connection.ts'
import { createBrowserFileSource } from '../../../src/renderer/src/api/fileSource.ts'
import { App } from '../../../src/renderer/src/app/App.tsx'
import { createWindowParts } from '../../../src/renderer/src/app/windowParts.ts'
import '../../../src/renderer/src/styles/base.css'
import '../../../src/renderer/src/styles/tokens.css'
import { scenes } from './scenes.ts'

/**
 * The whole window over a core that is made up: `?scene=NAME` chooses what there is to see.
 * Start with `npx vite test/renderer/dev`.
 */
const wanted = new URLSearchParams(window.location.search).get('scene') ?? 'asked'
const core = (scenes[wanted] ?? scenes.asked)?.()
const root = document.getElementById('root')
if (core !== undefined && root !== null) {
  const parts = createWindowParts({
    connection: createConnection(() => ({
      transport: core.transport,
      opened: Promise.resolve(),
    })),
    files: createBrowserFileSource({ token: '' }),
  })
  createRoot(root).render(
    <StrictMode>
      <App parts={parts} />
    </StrictMode>,
  )
}
