import type { App as ElectronApp } from 'electron'

/**
 * How long the core may take to shut down, in milliseconds: at most it waits for a file to be
 * written.
 */
const patienceMs = 10_000

/**
 * Shuts down the core before the app quits: on some systems a process that exits with a loaded
 * model crashes, and the library's lock file would remain.
 *
 * @param dispose is called once.
 */
export function disposeBeforeQuit(
  app: Pick<ElectronApp, 'on' | 'exit'>,
  dispose: () => Promise<void>,
  onError: (error: unknown) => void,
): void {
  let quitting = false
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (quitting) return
    quitting = true
    const timer = setTimeout(() => {
      onError(new Error('The core did not end in time.'))
      app.exit(1)
    }, patienceMs)
    dispose()
      .catch(onError)
      .finally(() => {
        clearTimeout(timer)
        app.exit(0)
      })
  })
}
