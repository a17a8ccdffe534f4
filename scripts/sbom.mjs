// Writes the list of the packages in a packed Penknife (an SBOM, CycloneDX) by npm itself. Needs a
// build. `npm run package` calls it and packs the list.
//
//   node scripts/sbom.mjs FILE
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { shippedPackages } from './shippedPackages.mjs'

/** @typedef {{ 'bom-ref': string }} Component */
/**
 * @typedef {{
 *   metadata: { component: Component & { name: string } },
 *   components: Component[],
 *   dependencies: { ref: string, dependsOn: string[] }[],
 * }} Bom
 */

const root = path.resolve(import.meta.dirname, '..')
const [file = path.join(root, 'dist', 'sbom.cdx.json')] = process.argv.slice(2)
const shell = process.platform === 'win32'
const { status, stdout, stderr } = spawnSync(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell },
)
if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`)
/** @type {Bom} */
const bom = JSON.parse(stdout)
// npm names it after its folder.
bom.metadata.component.name = 'penknife'
const own = bom.metadata.component['bom-ref']
const shipped = new Set([
  ...shippedPackages().map(({ title }) => title.replace(' ', '@')),
  ...bom.components.map((one) => one['bom-ref']).filter((ref) => /^electron@/.test(ref)),
])
bom.components = bom.components.filter((one) => shipped.has(one['bom-ref']))
bom.dependencies = bom.dependencies
  .filter(({ ref }) => ref === own || shipped.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => shipped.has(one)) }))
mkdirSync(path.dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`)
