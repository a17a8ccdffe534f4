// Says whether out/ was built from the sources as they are now.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const stampFile = path.join(root, 'out', 'build.stamp')
const watched = [
  'src',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'scripts/bundledText.mjs',
]

/**
 * @param {string} entry A file, or a folder with all that is in it.
 * @returns {Generator<string>}
 */
function* files(entry) {
  if (!existsSync(entry)) return
  if (!statSync(entry).isDirectory()) {
    yield entry
    return
  }
  for (const name of readdirSync(entry).sort()) yield* files(path.join(entry, name))
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const entry of watched) {
    for (const file of files(path.join(root, entry))) {
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
    }
  }
  return hash.digest('hex')
}

export function writeBuildStamp() {
  writeFileSync(stampFile, fingerprint())
}

export function isBuildCurrent() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint()
}
