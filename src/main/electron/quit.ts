import type { App as ElectronApp } from 'electron'

/** How long the core may take to end, in milliseconds: it waits for a file to be written at most. */
const patienceMs = 10_000

/**
 * Ends the core before the app: a model that is still loaded when the process exits takes it down
 * with an error on some systems, and the library's lock would stay.
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
