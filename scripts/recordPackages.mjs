// A part of the build: records which npm packages are in a bundle, for the notices.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

// Builds run in the project's folder; this file's path is lost when the configuration is bundled.
const directory = path.resolve('out/packages')

/**
 * Folder of the package that a module or an asset comes from, below node_modules; else null.
 *
 * @param {string} file
 */
function packageOf(file) {
  const match = /^(?:.*\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))
  return match?.[1] ?? null
}

/**
 * @param {string} part Names the bundle.
 * @returns {import('vite').Plugin}
 */
export function recordPackages(part) {
  return {
    name: 'penknife:record-packages',
    generateBundle(_options, bundle) {
      const assets = Object.values(bundle).flatMap((file) =>
        file.type === 'asset' ? file.originalFileNames : [],
      )
      const packages = [...this.getModuleIds(), ...assets].map(packageOf).filter(Boolean)
      mkdirSync(directory, { recursive: true })
      const text = JSON.stringify([...new Set(packages)].sort(), null, 2)
      writeFileSync(path.join(directory, `${part}.json`), `${text}\n`)
    },
  }
}
