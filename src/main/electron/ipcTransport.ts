import type { IpcMainEvent, WebContents } from 'electron'
import type { Transport } from '../../shared/rpc/transport.ts'
import { isOwnUrl } from './origin.ts'

/** The channel that the preload talks on. */
const channel = 'penknife:message'

/**
 * Opens a wire to each page that a window loads. A reload is a new page that knows nothing of the
 * calls of the one before: its wire closes, so that they are aborted.
 *
 * @param serve answers what comes over a wire.
 */
export function serveWindow(contents: WebContents, serve: (transport: Transport) => void): void {
  let close: () => void = () => undefined
  contents.on('did-navigate', () => {
    close()
    close = openWire(contents, serve)
  })
  contents.on('render-process-gone', () => {
    close()
  })
  contents.once('destroyed', () => {
    close()
  })
}

function openWire(contents: WebContents, serve: (transport: Transport) => void): () => void {
  const listeners = new Set<(message: unknown) => void>()
  const closeListeners = new Set<() => void>()
  let closed = false

  function receive(event: IpcMainEvent, message: unknown): void {
    if (isTrusted(event, contents)) for (const listener of listeners) listener(message)
  }
  contents.ipc.on(channel, receive)

  serve({
    send(message) {
      if (!closed && !contents.isDestroyed()) contents.send(channel, message)
    },
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClose(listener) {
      if (closed) listener()
      else closeListeners.add(listener)
      return () => closeListeners.delete(listener)
    },
  })

  return () => {
    if (closed) return
    closed = true
    contents.ipc.off(channel, receive)
    for (const listener of closeListeners) listener()
  }
}

/** Only the window's own page in its main frame is heard; a frame that is gone has no sender. */
function isTrusted({ senderFrame }: IpcMainEvent, contents: WebContents): boolean {
  return senderFrame !== null && senderFrame === contents.mainFrame && isOwnUrl(senderFrame.url)
}
