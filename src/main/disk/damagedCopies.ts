import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileTask, type CheckTask, type FoundFault } from './checkTask.ts'
import type { Paths } from './paths.ts'
import { whenMissing } from './systemError.ts'

/** As `brokenName` and the index name what they could not read. */
const kept = /\.broken-\d{8}T\d{9}Z(?:\.\w+)?$|\.unreadable-\d+$/u

type Folders = Pick<
  Paths,
  'root' | 'ledger' | 'indexInUse' | 'conversations' | 'templates' | 'models'
>

/** A task for each damaged file or folder that a start kept beside the one that is used. */
export async function damagedCopies(paths: Folders): Promise<readonly CheckTask[]> {
  const { root, conversations, templates, models } = paths
  // The folders of documents and of indexes have many files, and none of these.
  const flat = [root, path.dirname(paths.ledger), path.dirname(paths.indexInUse), conversations]
  const found = await Promise.all([
    ...flat.map((folder) => findIn(folder, false)),
    ...[templates, models].map((folder) => findIn(folder, true)),
  ])
  return found
    .flat()
    .map((file) =>
      fileTask(path.relative(root, file), file, () =>
        Promise.resolve(existsSync(file) ? copyFault(file) : null),
      ),
    )
}

async function findIn(folder: string, recursive: boolean): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive }).catch(whenMissing([]))
  return names.filter((name) => kept.test(name)).map((name) => path.join(folder, name))
}

function copyFault(file: string): Omit<FoundFault, 'name' | 'file'> {
  return {
    kind: 'damaged-copy',
    lines: null,
    repair: 'set-aside',
    runRepair: (aside) => aside.move(file),
  }
}
