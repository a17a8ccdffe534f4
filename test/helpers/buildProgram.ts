import path from 'node:path'
import { build } from 'vite'
import { bundledText } from '../../scripts/bundledText.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * Builds a TypeScript program that a test starts as a process of its own.
 *
 * @returns the path of the built file.
 */
export async function buildProgram(name: string): Promise<string> {
  // Below node_modules, so that the packages it leaves outside are found.
  const outDir = path.join(root, 'node_modules/.cache/test-programs', name)
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [bundledText()],
    build: {
      ssr: path.join(root, 'test/helpers/programs', `${name}.ts`),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
    },
  })
  return path.join(outDir, `${name}.js`)
}
