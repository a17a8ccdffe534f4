// npm run bench [-- NAME [ARGUMENTS]]: one benchmark, or those that need no argument.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const directory = path.resolve(import.meta.dirname, '../bench')
const [name, ...args] = process.argv.slice(2)
const names = name === undefined ? ['embedding', 'search'] : [name]

for (const one of names) {
  const file = path.join(directory, `${path.basename(one)}.mjs`)
  if (!existsSync(file)) {
    process.stderr.write(`There is no benchmark named ${one}.\n`)
    process.exit(2)
  }
  const { status } = spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
