export interface Disposer {
  /** Adds what has to be done to end something. */
  add(dispose: () => unknown): void
  /** Ends everything, last first. A failure keeps nothing else from ending; the first one is thrown. */
  dispose(): Promise<void>
}

export function createDisposer(): Disposer {
  const steps: (() => unknown)[] = []
  return {
    add(dispose) {
      steps.push(dispose)
    },
    async dispose() {
      const failures: unknown[] = []
      for (const step of steps.splice(0).reverse()) {
        try {
          await step()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}
