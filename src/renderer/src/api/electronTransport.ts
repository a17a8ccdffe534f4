import type { Transport } from '../../../shared/rpc/transport.ts'
import type { Bridge } from './bridge.ts'

/** The desktop app's transport. It never closes before the page does. */
export function createElectronTransport(bridge: Bridge): Transport {
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => bridge.onMessage(listener),
    onClose: () => () => undefined,
  }
}
