import { build } from 'vite'

const ending = '?bundled'

/**
 * Schemas check what comes from files, before anything is judged: a bundle does without them.
 *
 * @type {import('vite').Plugin}
 */
const withoutSchemas = {
  name: 'penknife:without-schemas',
  enforce: 'pre',
  resolveId: (id) => (id === 'zod' ? '\0no-schemas' : null),
  load: (id) =>
    id === '\0no-schemas'
      ? 'export const z = new Proxy(() => z, { get: () => z, apply: () => z })'
      : null,
}

/**
 * A part of the build: `import text from './module.ts?bundled'` is the module with all that it needs, as
 * JavaScript that defines `penknife` with what the module exports. For tools that know nothing of Penknife.
 *
 * @returns {import('vite').Plugin}
 */
export function bundledText() {
  return {
    name: 'penknife:bundled-text',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(ending)) return null
      const { code, modules } = await bundle(id.slice(0, -ending.length))
      for (const file of modules) this.addWatchFile(file)
      return { code: `export default ${JSON.stringify(code)}`, map: null, moduleType: 'js' }
    },
  }
}

/** @param {string} entry */
async function bundle(entry) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [withoutSchemas],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry, formats: ['iife'], name: 'penknife' },
    },
  })
  const [first] = [built].flat()
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined
  if (chunk === undefined) throw new Error(`Nothing was bundled of ${entry}.`)
  return { code: chunk.code.trim(), modules: chunk.moduleIds.filter((id) => !id.startsWith('\0')) }
}
