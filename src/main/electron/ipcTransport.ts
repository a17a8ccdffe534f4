import type { IpcMainEvent, WebContents } from 'electron'
import { createEmitter } from '../../shared/emitter.ts'
import { createLatch } from '../../shared/latch.ts'
import type { Transport } from '../../shared/rpc/transport.ts'
import { isOwnUrl } from './origin.ts'

/** The channel that the preload script uses. */
const channel = 'penknife:message'

/**
 * Opens a transport to each page that a window loads. After a reload the new page doesn't know the
 * old page's calls: the old transport closes, which aborts them.
 *
 * @param serve answers the calls that arrive over a transport.
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
  const messages = createEmitter<unknown>()
  const closed = createLatch()

  function receive(event: IpcMainEvent, message: unknown): void {
    if (isTrusted(event, contents)) messages.emit(message)
  }
  contents.ipc.on(channel, receive)
  closed.on(() => contents.ipc.off(channel, receive))

  serve({
    send(message) {
      if (!closed.isReleased() && !contents.isDestroyed()) contents.send(channel, message)
    },
    onMessage: messages.on,
    onClose: closed.on,
  })

  return closed.release
}

/**
 * Accepts messages from the window's own page in its main frame only. `senderFrame` is null when
 * the frame is gone.
 */
function isTrusted({ senderFrame }: IpcMainEvent, contents: WebContents): boolean {
  return senderFrame !== null && senderFrame === contents.mainFrame && isOwnUrl(senderFrame.url)
}
