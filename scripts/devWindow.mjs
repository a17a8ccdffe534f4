// The window of `npm run dev`: Vite with hot reload, in front of the core.
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { createServer, runnerImport } from 'vite'
import { allowNonce } from './allowNonce.mjs'

/** @typedef {import('../src/main/loopback/access.ts').Access} Access */

/**
 * Serves the window's sources on 127.0.0.1. It is guarded as the core itself is, by the same code:
 * only a page of this address with its token gets anything, and its requests to the core are
 * forwarded with the core's own token.
 *
 * @param {{ root: string, port: number, core: import('./devCore.mjs').DevCore }} options
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startDevWindow({ root, port, core }) {
  /** @type {{ module: typeof import('../src/main/loopback/access.ts') }} */
  const { module } = await runnerImport(path.join(root, 'src/main/loopback/access.ts'))
  const token = module.createToken()
  const access = module.createAccess(port, token)
  const server = await createServer({
    configFile: false,
    root: path.join(root, 'src/renderer'),
    logLevel: 'warn',
    plugins: [react(), guard(access), allowNonce()],
    server: { host: '127.0.0.1', port, strictPort: true, proxy: proxyTo(core, access) },
  })
  await server.listen()
  return {
    url: `http://127.0.0.1:${String(port)}/?token=${token}`,
    close: () => server.close(),
  }
}

/**
 * Refuses requests that the core would refuse.
 *
 * @param {Access} access
 * @returns {import('vite').Plugin}
 */
function guard(access) {
  return {
    name: 'penknife:guard',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const reading = request.method === 'GET' || request.method === 'HEAD'
        const admission = access.admit(request, { originRequired: !reading })
        if (!admission.admitted) {
          response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' })
          response.end(`${admission.reason}\n`)
          return
        }
        if (admission.setCookie !== null) response.setHeader('Set-Cookie', admission.setCookie)
        next()
      })
    },
  }
}

/**
 * @param {import('./devCore.mjs').DevCore} core
 * @param {Access} access
 * @returns {Record<string, import('vite').ProxyOptions>}
 */
function proxyTo(core, access) {
  const origin = `http://127.0.0.1:${String(core.port)}`
  /** @param {import('node:http').ClientRequest} request */
  const asWindow = (request) => {
    if (request.hasHeader('Origin')) request.setHeader('Origin', origin)
    request.setHeader('Cookie', `penknife_token_${String(core.port)}=${core.token()}`)
  }
  /** @type {import('vite').ProxyOptions} */
  const options = {
    target: origin,
    changeOrigin: true,
    configure(proxy) {
      proxy.on('proxyReq', asWindow)
      proxy.on('proxyReqWs', asWindow)
    },
  }
  return {
    '/files': options,
    '/upload': options,
    '/rpc': {
      ...options,
      ws: true,
      // Upgrades do not pass through the guard.
      bypass: (request) =>
        access.admit(request, { originRequired: true }).admitted ? undefined : false,
    },
  }
}
