// What a packed Penknife contains of others: for the notices, and for the list of its parts.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
/** @param {readonly string[]} parts */
const read = (...parts) => readFileSync(path.join(root, ...parts), 'utf8')

/**
 * @typedef {{ name?: string, version?: string, license?: string, optional?: boolean, dev?: boolean, devOptional?: boolean }} Locked
 */
/** @type {Readonly<Record<string, Locked>>} */
const locked = JSON.parse(read('package-lock.json')).packages

/**
 * @typedef {{ location: string, name: string, title: string, license: string | null, optional: boolean }} Shipped
 */

/** The packages installed for the running app, and those bundled by the build. */
export function shippedPackages() {
  const installed = Object.keys(locked).filter(
    (location) => location !== '' && !locked[location]?.dev && !locked[location]?.devOptional,
  )
  const bundled = readdirSync(path.join(root, 'out', 'packages')).flatMap(
    (name) => /** @type {string[]} */ (JSON.parse(read('out', 'packages', name))),
  )
  return [...new Set([...installed, ...bundled])]
    .filter((location) => locked[location] !== undefined)
    .map((location) => ({ location, ...describe(location) }))
    .filter(({ name }) => name !== 'empty-npm-package' && !name.startsWith('@types/'))
    .sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0))
}

/** @param {string} location */
function describe(location) {
  const { name, version, license, optional = false } = locked[location] ?? {}
  const own = name ?? location.replace(/^.*node_modules\//, '')
  return { name: own, title: `${own} ${String(version)}`, license: license ?? null, optional }
}
