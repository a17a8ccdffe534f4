import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/inter/wght-italic.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { setLocale } from '../../shared/domain/localFormat.ts'
import { findBridge } from './api/bridge.ts'
import { createConnection, type OpenedTransport } from './api/connection.ts'
import { createElectronTransport } from './api/electronTransport.ts'
import { createBrowserFileSource, createElectronFileSource } from './api/fileSource.ts'
import { takeLaunchToken } from './api/launchToken.ts'
import { createWebSocketTransport } from './api/webSocketTransport.ts'
import { App } from './app/App.tsx'
import { createWindowParts } from './app/windowParts.ts'
import './styles/tokens.css'
import './styles/base.css'

setLocale(navigator.language)

const bridge = findBridge()
const token = bridge === null ? takeLaunchToken() : ''

function openTransport(): OpenedTransport {
  if (bridge !== null) {
    return { transport: createElectronTransport(bridge), opened: Promise.resolve() }
  }
  const query = token === '' ? '' : `?${new URLSearchParams({ token }).toString()}`
  const transport = createWebSocketTransport(`ws://${window.location.host}/rpc${query}`)
  return { transport, opened: transport.opened }
}

const parts = createWindowParts({
  connection: createConnection(openTransport),
  files: bridge === null ? createBrowserFileSource({ token }) : createElectronFileSource(bridge),
})

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App parts={parts} />
    </StrictMode>,
  )
}
