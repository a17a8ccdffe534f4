// The few globals that Node, Electron and browsers all have and shared code uses. Neither the DOM's
// nor Node's types are loaded here, so that nothing else slips in.

interface AbortSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

interface AbortController {
  readonly signal: AbortSignal
  abort(): void
}

declare const AbortController: new () => AbortController
declare function queueMicrotask(callback: () => void): void
