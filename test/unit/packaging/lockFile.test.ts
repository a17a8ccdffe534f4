import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = path.resolve(import.meta.dirname, '../../..')
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
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

/**
 * Native packages of other systems whose hash no registry within reach could tell. `npm install` on
 * such a system adds it. None may be added.
 */
const unverified = [
  ...[
    'darwin-arm64',
    'linux-arm64-gnu',
    'linux-arm64-musl',
    'win32-arm64-msvc',
    'win32-x64-msvc',
  ].map((system) => `@lancedb/lancedb-${system}`),
  ...[
    'linux-riscv64',
    'mac-arm64-metal',
    'mac-x64',
    'win-arm64',
    'win-x64',
    'win-x64-cuda',
    'win-x64-cuda-ext',
    'win-x64-vulkan',
  ].map((system) => `@node-llama-cpp/${system}`),
]

test('every package is checked against its hash when it is installed', () => {
  const unchecked = Object.entries(packages).flatMap(([location, { integrity, link }]) =>
    location === '' || link === true || integrity?.startsWith('sha512-') === true ? [] : location,
  )
  expect(unchecked).toEqual(unverified.map((name) => `node_modules/${name}`))
})
