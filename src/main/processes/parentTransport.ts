import type { Transport } from '../../shared/rpc/transport.ts'

/** The part of Electron's `process.parentPort` that a helper uses. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  off(event: 'message', listener: (event: { data: unknown }) => void): void
}

/**
 * A helper's transport to its parent process. In Node the helper exits when its parent is gone, so
 * that a killed app leaves no processes behind; Electron ends utility processes itself.
 */
export function createParentTransport(): Transport {
  const port = (process as { parentPort?: ParentPort }).parentPort
  return port === undefined ? overNodeIpc() : overParentPort(port)
}

function overNodeIpc(): Transport {
  process.once('disconnect', () => process.exit(0))
  return {
    send(message) {
      if (process.connected) process.send?.(message)
    },
    onMessage(listener) {
      process.on('message', listener)
      return () => process.off('message', listener)
    },
    onClose(listener) {
      process.once('disconnect', listener)
      return () => process.off('disconnect', listener)
    },
  }
}

function overParentPort(port: ParentPort): Transport {
  return {
    send(message) {
      port.postMessage(message)
    },
    onMessage(listener) {
      const receive = (event: { data: unknown }): void => {
        listener(event.data)
      }
      port.on('message', receive)
      return () => {
        port.off('message', receive)
      }
    },
    onClose() {
      return () => undefined
    },
  }
}
