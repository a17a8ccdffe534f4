// Loaded into a process with `--import`: reports to its parent, on request, the delays of its event
// loop since the last request, in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const histogram = monitorEventLoopDelay({ resolution: 10 })
histogram.enable()
process.on('message', (message) => {
  if (message !== 'event loop') return
  const [p99, longest] = [histogram.percentile(99), histogram.max].map((ns) => ns / 1e6)
  histogram.reset()
  process.send?.({ p99, longest })
})
