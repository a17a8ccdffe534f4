/** Notices when what is waited for makes no progress. */
export interface Watchdog {
  /** The same promise; while it is pending, silence counts. */
  readonly watch: <T>(work: Promise<T>) => Promise<T>
  /** A sign of life. */
  readonly beat: () => void
}

export interface WatchdogOptions {
  /** Milliseconds without a sign of life that are taken for a hang; asked for as time goes by. */
  readonly limitMs: () => number
  /** Called once a hang; whoever waits is to be let go by it. */
  readonly onHang: () => void
}

/**
 * The limit passes in so many steps. A machine that slept, or a main process that was held up, finds
 * the clock far ahead when it wakes: that counts as one step, and the other side gets the rest of
 * the time to say something.
 */
const steps = 5

/** Work that begins or ends is a sign of life as well. */
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
