import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Plugin, ViteDevServer } from 'vite'
import { createWebSocketTransport } from '../../../src/main/loopback/webSocketTransport.ts'
import type { openScene } from './scenes.ts'

interface SceneModule {
  readonly openScene: typeof openScene
}

/** Connects each page to its own core at `core?scene=NAME`, until the page closes. */
export function serveScenes(): Plugin {
  return {
    name: 'penknife-scenes',
    apply: 'serve',
    configureServer(server) {
      const sockets = new WebSocketServer({ noServer: true })
      server.httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
        if (pathname !== '/core') return
        sockets.handleUpgrade(request, socket, head, (opened) => {
          open(server, searchParams.get('scene') ?? '', opened).catch((error: unknown) => {
            server.config.logger.error(String(error))
            opened.terminate()
          })
        })
      })
    },
  }
}

async function open(server: ViteDevServer, name: string, socket: WebSocket): Promise<void> {
  // Messages of the page wait until its core is open.
  socket.pause()
  const { openScene } = (await server.ssrLoadModule('/scenes.ts')) as SceneModule
  const core = await openScene(name)
  socket.once('close', () => void end(server, core))
  core.join(createWebSocketTransport(socket))
  socket.resume()
}

async function end(server: ViteDevServer, core: AsyncDisposable): Promise<void> {
  try {
    await core[Symbol.asyncDispose]()
  } catch (error) {
    server.config.logger.error(String(error))
  }
}
