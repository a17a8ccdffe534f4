import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/inter/wght-italic.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createConnection } from '../../../src/renderer/src/api/connection.ts'
import { createBrowserFileSource } from '../../../src/renderer/src/api/fileSource.ts'
import { App } from '../../../src/renderer/src/app/App.tsx'
import { createWebSocketTransport } from '../../../src/renderer/src/api/webSocketTransport.ts'
import { createWindowParts } from '../../../src/renderer/src/app/windowParts.ts'
import '../../../src/renderer/src/styles/base.css'
import '../../../src/renderer/src/styles/tokens.css'

/**
 * The whole window over a core with fake helper processes: `?scene=NAME` chooses what there
 * is to see. Start with `npx vite test/renderer/dev`.
 */
const scene = new URLSearchParams(window.location.search).get('scene') ?? 'asked'
const root = document.getElementById('root')
if (root !== null) {
  const parts = createWindowParts({
    connection: createConnection(() => {
      const address = `ws://${window.location.host}/core?scene=${encodeURIComponent(scene)}`
      const transport = createWebSocketTransport(address)
      return { transport, opened: transport.opened }
    }),
    files: createBrowserFileSource({ token: '' }),
  })
  createRoot(root).render(
    <StrictMode>
      <App parts={parts} />
    </StrictMode>,
  )
}
