/**
 * Opens the templates of a folder, saves one several times and kills itself at the given change to
 * the file system.
 *
 *     node saveAndDie.js DIRECTORY ID COUNT TEXT
 *
 * Prints the number of changes to the file system if it is not killed.
 */
import { promises as fs } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { openTemplateStore } from '../../../src/main/templates/store/templateStore.ts'

const [directory = '', id = '', dieAt = '', text = ''] = process.argv.slice(2)
let changes = 0

type AnyFunction = (...values: never[]) => unknown

function watched<F extends AnyFunction>(run: F): F {
  return ((...values: never[]) => {
    changes += 1
    if (String(changes) === dieAt) {
      process.kill(process.pid, 'SIGKILL')
      // Nothing more may run after the kill was requested.
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
    }
    return run(...values)
  }) as F
}

for (const name of ['rename', 'rm', 'mkdir'] as const) {
  Object.assign(fs, { [name]: watched(fs[name] as AnyFunction) })
}
const { open } = fs
fs.open = async (...values: Parameters<typeof open>) => {
  const handle = await open(...values)
  for (const name of ['writeFile', 'sync'] as const) {
    Object.assign(handle, { [name]: watched(handle[name].bind(handle) as AnyFunction) })
  }
  return handle
}
syncBuiltinESMExports()

const store = await openTemplateStore(directory, (sentence) => process.stderr.write(sentence))
const { template } = await store.get(id)
changes = 0
await store.keepDraft(id, { ...template, instruction: `draft of ${text}` })
await store.save(id, { ...template, instruction: text }, text)
process.stdout.write(String(changes))
