import path from 'node:path'
import { appContract } from '../../shared/contract/index.ts'
import { isUnexpected, toWire } from '../../shared/errors.ts'
import { createApp, type App } from '../app.ts'
import { tellUpgrade } from '../indexing/tellUpgrade.ts'
import { createForkedHosts } from '../processes/forkedHost.ts'
import { openBrowser } from './openBrowser.ts'
import { startLoopbackServer } from './server.ts'

export interface ServeLibraryOptions {
  readonly dataDir: string
  /** 0: any free port. */
  readonly port: number
  /** Opens the window in the default browser. */
  readonly open: boolean
  /** Folder of the built programs: `out/main`. */
  readonly programsDir: string
}

/**
 * Signals within this time count as one: Ctrl+C goes to every process of a group, and a parent
 * process may forward it as well.
 */
const sameSignalMs = 1_000

/**
 * Serves the library on 127.0.0.1 until a signal stops the process. The address is the first line
 * on stdout.
 *
 * @returns the exit code: 1, with the reason on stderr, if it couldn't start; else 0.
 */
export async function serveLibrary(options: ServeLibraryOptions): Promise<number> {
  const stopped = stopSignal()
  let app: App | undefined
  try {
    app = await openLibrary(options)
    const { logger } = app
    const server = await startLoopbackServer({
      ...app,
      rendererDir: path.join(options.programsDir, '..', 'renderer'),
      contract: appContract,
      port: options.port,
      onUnexpectedError: (where, error) => logger.error(`${where} failed`, error),
    })
    process.stdout.write(`${server.url}\n`)
    if (options.open) openBrowser(server.singleUseUrl())
    await stopped
    await server.close()
    return 0
  } catch (error) {
    if (isUnexpected(error)) app?.logger.error('serving failed', error)
    process.stderr.write(`${toWire(error).message}\n`)
    return 1
  } finally {
    await app?.dispose()
  }
}

function openLibrary({ dataDir, programsDir }: ServeLibraryOptions): Promise<App> {
  return createApp({
    dataDir,
    resourcesDir: path.join(programsDir, '..', '..', 'resources'),
    shell: 'browser',
    startHost: createForkedHosts(programsDir),
    onUpgrade: tellUpgrade((line) => process.stderr.write(`${line}\n`)),
  })
}

/**
 * Resolves at the first request to stop: a signal, or the end of the parent process where there is
 * an IPC channel to it. A second request ends the process at once.
 */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | undefined
    const stop = (): void => {
      if (askedAt !== undefined && performance.now() - askedAt > sameSignalMs) process.exit(130)
      askedAt ??= performance.now()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
    if (process.connected) process.once('disconnect', stop)
  })
}
