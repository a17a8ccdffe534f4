export interface OpenPromise {
  readonly promise: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** A promise that a test ends when it wants to. Node 20 has no `Promise.withResolvers`. */
export function openPromise(): OpenPromise {
  let resolve: () => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  // A test may end it before anything waits for it.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}
