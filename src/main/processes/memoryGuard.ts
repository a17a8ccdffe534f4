import { Worker } from 'node:worker_threads'

const everyMs = 100

/**
 * Ends this process when it takes more memory than `limitMiB`. A heap limit does not count buffers,
 * and a picture in a PDF or a part of a container can unpack to gigabytes of them in one call, in
 * which no timer fires: so another thread watches. The process ends as if the system had killed it.
 */
export function guardMemory(limitMiB: number): void {
  const worker = new Worker(watch, {
    eval: true,
    workerData: { limit: limitMiB * 1024 * 1024, everyMs },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  })
  worker.unref()
}

const watch = `
const { workerData } = require('node:worker_threads')
setInterval(() => {
  if (process.memoryUsage.rss() > workerData.limit) process.kill(process.pid, 'SIGKILL')
}, workerData.everyMs)
`
