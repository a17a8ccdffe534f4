/** Detects when pending work makes no progress. */
export interface Watchdog {
  /** Returns the same promise; while it is pending, the watchdog is active. */
  readonly watch: <T>(work: Promise<T>) => Promise<T>
  /** Reports progress. */
  readonly beat: () => void
}

export interface WatchdogOptions {
  /**
   * Milliseconds without progress that count as a hang; called repeatedly, since the limit may
   * change.
   */
  readonly limitMs: () => number
  /** Called once per hang; must make the pending work settle. */
  readonly onHang: () => void
}

/**
 * The limit is counted in this many timer steps. After the computer slept or the event loop was
 * blocked, the clock has jumped; that counts as one step only, so that the other process gets the
 * remaining time to report.
 */
const steps = 5

/** Creates a watchdog. The start and end of work count as progress. */
export function createWatchdog({ limitMs, onHang }: WatchdogOptions): Watchdog {
  let watched = 0
  let silentSteps = 0
  let timer: NodeJS.Timeout | undefined

  function step(): void {
    silentSteps += 1
    if (silentSteps < steps) {
      schedule()
      return
    }
    timer = undefined
    onHang()
  }

  function schedule(): void {
    timer = setTimeout(step, limitMs() / steps)
  }

  function beat(): void {
    silentSteps = 0
    clearTimeout(timer)
    timer = undefined
    if (watched > 0) schedule()
  }

  return {
    beat,
    watch(work) {
      watched += 1
      beat()
      return work.finally(() => {
        watched -= 1
        beat()
      })
    },
  }
}
