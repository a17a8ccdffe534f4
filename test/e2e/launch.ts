import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type BrowserContextOptions, type Page } from 'playwright-core'
import { findElectron, missingDesktop } from '../../scripts/electronBinary.mjs'
import { launchBrowser, missingBrowser } from './browser.ts'
import { startServe } from './serve.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** The shell that this run of the suite drives. */
export const shell = process.env.PENKNIFE_E2E === 'electron' ? 'electron' : 'browser'

/** Why the suite cannot run in its shell here, or null. */
export const skipReason =
  shell === 'browser'
    ? missingBrowser
    : findElectron() === null
      ? 'Electron’s binary is not installed'
      : missingDesktop()

export interface LaunchOptions {
  /** Undefined: a new one that `close` removes. */
  readonly dataDir?: string
  /** Size, colour scheme and the like of the page, where a browser shows it. */
  readonly context?: BrowserContextOptions
}

export interface LaunchedApp {
  readonly page: Page
  /** The address with the launch token; in Electron the page's own. */
  readonly url: string
  readonly dataDir: string
  /** Of the process that runs the core. */
  readonly processId: number
  /** Errors of the page so far: thrown, or written to its console. */
  readonly pageErrors: readonly string[]
  /** Ends the app as a person would. Its data stays if it was given. */
  close(): Promise<void>
}

/** Starts the app from its build and opens its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'penknife-e2e-'))
  const pageErrors: string[] = []
  const { page, url, processId, end } =
    shell === 'electron'
      ? await launchElectron(dataDir)
      : await launchInBrowser(dataDir, options.context ?? {})
  page.on('pageerror', (error) => pageErrors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text())
  })
  if (shell === 'browser') await page.goto(url)
  return {
    page,
    url,
    dataDir,
    processId,
    pageErrors,
    async close() {
      await end()
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

interface Launched {
  readonly page: Page
  readonly url: string
  readonly processId: number
  readonly end: () => Promise<void>
}

async function launchInBrowser(dataDir: string, context: BrowserContextOptions): Promise<Launched> {
  const server = await startServe(['--data-dir', dataDir, '--port', '0'])
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...context })
  return {
    page,
    url: server.url,
    processId: server.child.pid ?? 0,
    async end() {
      await browser.close()
      await server.stop()
    },
  }
}

async function launchElectron(dataDir: string): Promise<Launched> {
  const executablePath = findElectron()
  if (executablePath === null) throw new Error('There is no Electron to start.')
  const app = await _electron.launch({ executablePath, args: [root, `--data-dir=${dataDir}`] })
  const page = await app.firstWindow()
  return {
    page,
    url: page.url(),
    processId: app.process().pid ?? 0,
    end: () => app.close(),
  }
}
