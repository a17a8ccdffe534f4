// Bundles the judgement of an answer for tools that know nothing of Penknife, and writes it as a module:
// `node scripts/bundleJudge.mjs`. A test compares the module with what this makes.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { build } from 'vite'

const root = path.resolve(import.meta.dirname, '..')
const entry = path.join(root, 'src/shared/domain/template/judgeOutput.ts')
const target = path.join(root, 'src/main/templates/store/judgeSource.ts')

/**
 * Schemas check what comes from files, before anything is judged: the bundle does without them.
 *
 * @type {import('vite').Plugin}
 */
const withoutSchemas = {
  name: 'without-schemas',
  enforce: 'pre',
  resolveId: (id) => (id === 'zod' ? '\0no-schemas' : null),
  load: (id) =>
    id === '\0no-schemas'
      ? 'export const z = new Proxy(() => z, { get: () => z, apply: () => z })'
      : null,
}

/** The text of the module that holds the bundle. */
export async function judgeModule() {
  const built = await build({
    root,
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
  if (chunk === undefined) throw new Error('Nothing was bundled.')
  const code = chunk.code.trim()
  if (/\{[{%#]/u.test(code))
    throw new Error('The bundle has signs of Nunjucks, which promptfoo fills in.')
  const text = `// Made by scripts/bundleJudge.mjs of shared/domain/template/judgeOutput.ts: run it after changes.
/** JavaScript that defines \`penknife\`, with \`penknife.judgeOutput\`. */
export const judgeSource =
  ${JSON.stringify(code)}
`
  return format(text, { ...(await resolveConfig(target)), parser: 'typescript' })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(target, await judgeModule())
