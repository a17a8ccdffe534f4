// Writes THIRD-PARTY-NOTICES.md: the licences of everything in a packed Penknife. With
// --check it only checks whether the file is up to date. Needs a build.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { format } from 'prettier'
import { shippedPackages } from './shippedPackages.mjs'

/** @import { Shipped } from './shippedPackages.mjs' */

const root = path.resolve(import.meta.dirname, '..')
const noticesFile = path.join(root, 'THIRD-PARTY-NOTICES.md')
/** @param {readonly string[]} parts */
const read = (...parts) => readFileSync(path.join(root, ...parts), 'utf8')
/** @param {Shipped} shipped */
function licenceText({ location, optional }) {
  // A binary for one system: not installed on the others, with the licence of its main package.
  if (optional) return ''
  const directory = path.join(root, location)
  return readdirSync(directory)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file) && !/\.(js|ts|html)$/i.test(file))
    .sort()
    .map((file) => read(location, file).replaceAll('\r\n', '\n').trim())
    .join('\n\n')
}

/** @param {Shipped} shipped */
function licenceName({ location, license, optional }) {
  if (license !== null || optional) return license ?? 'see the package'
  /** @type {{ license?: string, licenses?: readonly { type: string }[] }} */
  const { license: own, licenses } = JSON.parse(read(location, 'package.json'))
  return own ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'see the text'
}

/** @param {readonly Shipped[]} packages */
function render(packages) {
  /** @type {Map<string, string[]>} */
  const byText = new Map()
  const titles = new Set()
  for (const shipped of packages) {
    if (titles.has(shipped.title)) continue
    titles.add(shipped.title)
    const text = licenceText(shipped)
    byText.set(text, [...(byText.get(text) ?? []), `${shipped.title} (${licenceName(shipped)})`])
  }
  const bare = byText.get('') ?? []
  byText.delete('')
  const sections = [...byText].map(
    ([text, names]) => `## ${names.join(', ')}\n\n~~~text\n${text}\n~~~\n`,
  )
  return `${introduction}\n${bare.map((name) => `- ${name}`).join('\n')}\n\n${sections.join('\n')}`
}

const introduction = `# Third-party notices

Penknife is licensed under the Apache License 2.0 (see LICENSE). It contains the following software
and fonts of others, each under its own licence. \`node scripts/notices.mjs\` writes this file.

Some of them contain more: Electron and Chromium list theirs in \`LICENSE.electron.txt\` and
\`LICENSES.chromium.html\` beside the app, LanceDB in \`RUST_THIRD_PARTY_LICENSES.html\` and
\`NODEJS_THIRD_PARTY_LICENSES.md\` in its package. The binaries of node-llama-cpp are llama.cpp and
ggml (MIT, copyright 2023-2026 The ggml authors), those of onnxruntime-node are ONNX Runtime (MIT,
copyright Microsoft Corporation). The models penknife-embed and penknife-tiny are described in the
README files beside them, with the texts that they learned from; penknife-tiny is licensed under
CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/).

## Packages that come without a licence text, or only on some systems
`

const wanted = await format(render(shippedPackages()), { parser: 'markdown', printWidth: 100 })
if (process.argv.includes('--check')) {
  const same = read('THIRD-PARTY-NOTICES.md') === wanted
  process.stdout.write(
    same
      ? 'The notices are complete.\n'
      : 'Run node scripts/notices.mjs: the notices are outdated.\n',
  )
  process.exitCode = same ? 0 : 1
} else {
  writeFileSync(noticesFile, wanted)
}
