import path from 'node:path'
import { app, session, shell, type BrowserWindow } from 'electron'
import { appContract } from '../../shared/contract/index.ts'
import { serve } from '../../shared/rpc/server.ts'
import { createApp, type App } from '../app.ts'
import { serveWindow } from './ipcTransport.ts'
import { offerEditing, setMenu } from './menu.ts'
import { pageUrl } from './origin.ts'
import { servePage } from './protocol.ts'
import { disposeBeforeQuit } from './quit.ts'
import { showUpgrade } from './showUpgrade.ts'
import { followColours, followTheme } from './theme.ts'
import { createUtilityHosts } from './utilityHost.ts'
import { createWindow } from './window.ts'

export interface DesktopOptions {
  readonly dataDir: string
  /** Folder of the built programs: `out/main`. */
  readonly programsDir: string
}

/**
 * Opens the library and a window on it. Call it after Electron's `ready` event.
 *
 * @throws AppError `library-locked` if another process has the library open.
 */
export async function openDesktop({ dataDir, programsDir }: DesktopOptions): Promise<void> {
  const built = (...parts: string[]): string => path.join(programsDir, '..', ...parts)
  const upgrade = showUpgrade()
  const core = await createApp({
    dataDir,
    // In the packaged app models and samples are beside app.asar, not in it.
    resourcesDir: app.isPackaged ? process.resourcesPath : built('..', 'resources'),
    shell: 'electron',
    startHost: createUtilityHosts(programsDir),
    showFolder: (folder) => void shell.openPath(folder),
    onUpgrade: upgrade.show,
  }).finally(upgrade.close)
  const { logger } = core
  disposeBeforeQuit(
    app,
    () => core.dispose(),
    (error) => logger.error('quitting failed', error),
  )
  servePage(session.defaultSession, {
    rendererDir: built('renderer'),
    originalFile: (id) => core.originalFile(id),
  })
  setMenu(process.platform, app.isPackaged)
  await followTheme(core.handlers.settings)

  let window: BrowserWindow | undefined
  async function openWindow(): Promise<void> {
    window = createWindow(built('preload', 'index.cjs'), process.platform)
    window.once('closed', () => {
      window = undefined
    })
    followColours(window, process.platform)
    offerEditing(window.webContents)
    serveWindow(window.webContents, (transport) => serveCore(core, transport))
    await window.loadURL(pageUrl)
  }

  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })
  app.on('activate', () => {
    if (window === undefined) void openWindow()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  await openWindow()
}

function serveCore(core: App, transport: Parameters<typeof serve>[2]): void {
  serve(appContract, core.handlers, transport, {
    onUnexpectedError: (method, error) => core.logger.error(`${method} failed`, error),
  })
}
