import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileTask, type CheckTask, type FoundFault } from './checkTask.ts'
import type { Paths } from './paths.ts'
import { whenMissing } from './systemError.ts'

/** As `brokenName` and the index name what they could not read. */
const kept = /\.broken-\d{8}T\d{9}Z(?:\.\w+)?$|\.unreadable-\d+$/u

/** A task for each damaged file or folder that a start kept beside the one that is used. */
export async function damagedCopies({
  root,
  setAside,
}: Pick<Paths, 'root' | 'setAside'>): Promise<readonly CheckTask[]> {
  const found: string[] = []
  for (const folders = [root]; folders.length > 0;) {
    const folder = folders.pop() ?? root
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(whenMissing([]))) {
      const file = path.join(folder, entry.name)
      if (kept.test(entry.name)) found.push(file)
      else if (entry.isDirectory() && file !== setAside) folders.push(file)
    }
  }
  return found.map((file) =>
    fileTask(path.relative(root, file), file, () =>
      Promise.resolve(existsSync(file) ? copyFault(file) : null),
    ),
  )
}

function copyFault(file: string): Omit<FoundFault, 'name' | 'file'> {
  return {
    kind: 'damaged-copy',
    lines: null,
    repair: 'set-aside',
    mend: (aside) => aside.move(file),
  }
}
