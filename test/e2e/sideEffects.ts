import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { ranFlag } from '../helpers/loadingMarkup.ts'

/** A server that answers every request with a page, and remembers what was asked. */
export interface HitServer extends AsyncDisposable {
  readonly address: string
  /** The paths that were asked for. */
  readonly hits: readonly string[]
}

export async function startHitServer(): Promise<HitServer> {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*').end('hit')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${String(port)}`,
    hits,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What shown text may never cause. */
export interface SideEffects {
  /** Dialogs, navigations, windows and downloads so far. */
  readonly seen: readonly string[]
  /** Loads that the page's policy refused: each was tried. */
  refused(): Promise<readonly string[]>
  /** Whether a script of `loadingMarkup` has run. */
  ran(): Promise<boolean>
}

/** Watches a page that is loaded; nothing in it is to load or run from now on. */
export async function watchSideEffects(page: Page): Promise<SideEffects> {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('framenavigated', (frame) => seen.push(`navigation: ${frame.url()}`))
  page.on('frameattached', (frame) => seen.push(`frame: ${frame.url()}`))
  page.on('download', (download) => seen.push(`download: ${download.url()}`))
  page.context().on('page', (other) => seen.push(`window: ${other.url()}`))
  await page.evaluate(() => {
    const refused: string[] = []
    Object.assign(globalThis, { penknifeRefused: refused })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      refused.push(`${violatedDirective} ${blockedURI}`),
    )
  })
  return {
    seen,
    refused: () =>
      page.evaluate(() => (globalThis as { penknifeRefused?: string[] }).penknifeRefused ?? []),
    ran: () => page.evaluate((flag) => flag in globalThis, ranFlag),
  }
}
