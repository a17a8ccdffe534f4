/**
 * Opens the app, chooses an embedder and kills itself at the given moment.
 *
 *     node changeAndDie.js DATA_DIR RESOURCES_DIR MODEL MOMENT
 *
 * `MOMENT` is `never` or `STEP:n`, before the nth of: `cut` (a content is cut for the new index),
 * `write` (a file is put in its place: the pointer, the passages of a content, the counts of words)
 * or `folder` (a folder is removed). Prints how often each step was reached if it is not killed.
 */
import { promises as fs } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'

const [dataDir = '', resourcesDir = '', model = '', moment = ''] = process.argv.slice(2)
const counts = new Map<string, number>()
let armed = false

function reach(step: string): void {
  if (!armed) return
  const count = (counts.get(step) ?? 0) + 1
  counts.set(step, count)
  if (moment !== `${step}:${String(count)}`) return
  process.kill(process.pid, 'SIGKILL')
  // Nothing more may run after the kill was requested.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
}

const { mkdir, rename, rm } = fs
fs.mkdir = ((...values: Parameters<typeof mkdir>) => {
  if (String(values[0]).includes('parsed')) reach('cut')
  return mkdir(...values)
}) as typeof mkdir
fs.rename = (from, to) => {
  reach('write')
  return rename(from, to)
}
fs.rm = (...values) => {
  if (path.basename(path.dirname(String(values[0]))) === 'index') reach('folder')
  return rm(...values)
}
syncBuiltinESMExports()

// Imported after the file system is wrapped: modules bind what they import.
const { createApp } = await import('../../../src/main/app.ts')
const { createForkedHosts } = await import('../../../src/main/processes/forkedHost.ts')
const app = await createApp({
  dataDir,
  resourcesDir,
  shell: 'browser',
  startHost: createForkedHosts(path.resolve('out/main')),
})
armed = true
await app.indexing.useEmbedder(model)
await app.indexing.idle()
await app.dispose()
process.stdout.write(JSON.stringify(Object.fromEntries(counts)))
process.exit(0)
