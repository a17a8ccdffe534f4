// How long the event loop of this process keeps others waiting.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * Watches while `work` runs. Each sample is the time from one turn of a timer of 10 ms to the next,
 * so that 10 ms are no delay at all.
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
