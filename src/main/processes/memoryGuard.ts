import { Worker } from 'node:worker_threads'

const everyMs = 100

/**
 * Kills this process when it uses more memory than `limitMiB`. A heap limit doesn't count buffers,
 * and an image in a PDF or an entry of an archive can unpack to gigabytes in one call during which
 * no timer fires, so a worker thread watches. The process ends with SIGKILL, as if the system had
 * killed it.
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
