/**
 * Opens a library over a real index, imports a folder and kills itself at the given moment.
 *
 *     node importAndDie.js DATA_DIR FOLDER MOMENT
 *
 * `MOMENT` is `never`, `STEP:n` (before the nth call of a step of the work) or `fs:n` (before the
 * nth change to the file system). Prints the number of changes to the file system if not killed.
 */
import { promises as fs } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { makeDataFolder } from '../../../src/main/disk/dataFolder.ts'
import { acquireLock } from '../../../src/main/disk/lock.ts'
import { createPaths } from '../../../src/main/disk/paths.ts'
import { openLibrary } from '../../../src/main/documents/library.ts'
import { openVectorStore } from '../../../src/main/retrieval/vectorStore.ts'
import { createFakeEmbedder } from '../fakeEmbedder.ts'
import { fixedIndex } from '../fixedIndex.ts'
import { createFakeParser } from '../fakeParser.ts'
import { silentLogger } from '../silentLogger.ts'

const [dataDir = '', folder = '', moment = ''] = process.argv.slice(2)
const counts = new Map<string, number>()

function reach(step: string): void {
  const count = (counts.get(step) ?? 0) + 1
  counts.set(step, count)
  if (moment !== `${step}:${String(count)}`) return
  process.kill(process.pid, 'SIGKILL')
  // Nothing more may run after the kill was requested.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
}

type AnyFunction = (...values: never[]) => unknown

function watched<F extends AnyFunction>(step: string, run: F): F {
  return ((...values: never[]) => {
    reach(step)
    return run(...values)
  }) as F
}

/** A port whose methods are steps of the work. */
function withSteps<P extends object>(port: P, steps: Partial<Record<keyof P, string>>): P {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      const step = steps[name as keyof P]
      return step === undefined ? method : watched(step, method as AnyFunction)
    },
  })
}

function watchFileSystem(): void {
  for (const name of ['rename', 'rm', 'mkdir', 'writeFile', 'copyFile', 'link'] as const) {
    Object.assign(fs, { [name]: watched('fs', fs[name] as AnyFunction) })
  }
  const { open } = fs
  fs.open = async (...values: Parameters<typeof open>) => {
    const handle = await open(...values)
    for (const name of ['write', 'writeFile', 'sync', 'datasync', 'truncate'] as const) {
      Object.assign(handle, { [name]: watched('fs', handle[name].bind(handle) as AnyFunction) })
    }
    return handle
  }
  syncBuiltinESMExports()
}

async function main(): Promise<void> {
  watchFileSystem()
  const paths = createPaths(dataDir)
  await makeDataFolder(dataDir)
  const lock = await acquireLock(paths.lock)
  const parser = createFakeParser()
  const embedder = createFakeEmbedder()
  const store = await openVectorStore({
    directory: paths.index(embedder.id),
    dimensions: embedder.dimensions,
  })
  const library = await openLibrary({
    paths,
    parser: withSteps(parser, { parse: 'read' }),
    index: fixedIndex({
      embedder: withSteps(embedder, { embed: 'embed' }),
      store: withSteps(store, { add: 'add', remove: 'remove', optimize: 'optimize' }),
    }),
    logger: silentLogger,
    notice: () => undefined,
    extensions: new Set(['txt']),
  })
  const gone = library.list().documents.filter(({ name }) => name.startsWith('remove'))
  await library.remove(gone.map(({ id }) => id))
  reach('removed')
  await library.import([{ path: folder }], null)
  reach('imported')
  await library.idle()
  reach('idle')
  await library.close()
  await store.close()
  await lock.release()
  process.stdout.write(String(counts.get('fs') ?? 0))
}

await main()
