import { spawnSync } from 'node:child_process'
import { writeBuildStamp } from './buildStamp.mjs'

const result = spawnSync(
  process.execPath,
  ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
  { stdio: ['ignore', 'inherit', 'inherit'] },
)
if (result.status === 0) writeBuildStamp()
process.exitCode = result.status ?? 1
