export type Unsubscribe = () => void

/**
 * A two-way wire for whole messages, after vscode's `IMessagePassingProtocol`. Nothing above it
 * knows whether it is Electron IPC, a WebSocket, a child process or a pair in memory.
 */
export interface Transport {
  /** Sends one message. After the transport has closed this does nothing. */
  send(message: unknown): void
  /** Calls `listener` with each message that arrives. */
  onMessage(listener: (message: unknown) => void): Unsubscribe
  /** Calls `listener` once when the other end is gone; at once if it already is. */
  onClose(listener: () => void): Unsubscribe
}
