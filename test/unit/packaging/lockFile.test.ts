import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = path.resolve(import.meta.dirname, '../../..')
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
})
const { packages } = lockFile.parse(
  JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')),
)

/** Where Node would find a package from another one's folder, or undefined. */
function resolve(name: string, from: string): string | undefined {
  const here = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (here in packages) return here
  if (from === '') return undefined
  const above = from.lastIndexOf('/node_modules/')
  return resolve(name, above < 0 ? '' : from.slice(0, above))
}

test('the lock file has the native packages of every system', () => {
  const missing = Object.entries(packages).flatMap(([location, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => resolve(name, location) === undefined),
  )
  // `npm ci` refuses a lock file that lacks any of them.
  expect(missing).toEqual([])
  expect('node_modules/@lancedb/lancedb-darwin-arm64' in packages).toBe(true)
  expect('node_modules/@node-llama-cpp/win-x64' in packages).toBe(true)
})
