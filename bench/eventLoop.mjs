// Delays of the event loop of this process.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * Measures while `work` runs. Each sample is the time between two ticks of a 10 ms timer,
 * so that 10 ms means no delay.
 *
 * @param {() => Promise<unknown>} work
 * @returns median, 99th percentile and the longest, in milliseconds, as text.
 */
export async function watchEventLoop(work) {
  const histogram = monitorEventLoopDelay({ resolution: 10 })
  histogram.enable()
  await work()
  histogram.disable()
  const samples = [histogram.percentile(50), histogram.percentile(99), histogram.max]
  return samples.map((nanoseconds) => (nanoseconds / 1e6).toFixed(1)).join(', ')
}
