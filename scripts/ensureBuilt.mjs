import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { isBuildCurrent } from './buildStamp.mjs'

/** Builds when out/ is missing or stale. What the build says goes to stderr: stdout may be data. */
export function ensureBuilt() {
  if (isBuildCurrent()) return
  process.stderr.write('Building…\n')
  const result = spawnSync(process.execPath, [path.join(import.meta.dirname, 'build.mjs')], {
    cwd: path.resolve(import.meta.dirname, '..'),
    stdio: ['ignore', 2, 2],
  })
  if (result.status !== 0) process.exit(result.status ?? 1)
}
