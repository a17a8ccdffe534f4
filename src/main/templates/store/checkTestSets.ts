import { fileTask, unreadable, type CheckTask, type FoundFault } from '../../disk/checkTask.ts'
import type { TestSetChangesDeps } from './testSetChanges.ts'
import { findTestSetFault, writeTestSet, type ReadTestSet } from './testSetFile.ts'
import type { TestSetPlace } from './testSetReading.ts'

export interface TestSetCheckDeps extends Omit<TestSetChangesDeps, 'reading'> {
  /** The next reading reads the file again. */
  readonly forget: (id: string) => void
}

/** The check of a test set's file. */
export function testSetCheck(
  id: string,
  name: string,
  { template, file }: TestSetPlace,
  { exclusive, forget, announce }: TestSetCheckDeps,
): CheckTask {
  return fileTask(name, file, async () => {
    const found = await exclusive(id, () => find(file))
    if (found === null) return null
    const { readable, ...fault } = found
    const runRepair: FoundFault['runRepair'] = async (aside) => {
      await exclusive(id, async () => {
        if (readable === null) await aside.move(file)
        else {
          await aside.copy(file)
          await writeTestSet(file, readable.name, readable.rows, readable.made)
        }
        forget(id)
      })
      announce(template)
    }
    return { ...fault, repair: readable === null ? 'set-aside' : 'keep-readable', runRepair }
  })
}

type Found = Pick<FoundFault, 'kind' | 'lines'> & { readonly readable: ReadTestSet | null }

async function find(file: string): Promise<Found | null> {
  try {
    const found = await findTestSetFault(file)
    if (found === null) return null
    const { lines, readable } = found
    return readable === null
      ? { kind: 'unreadable', lines: null, readable }
      : { kind: 'lines', lines, readable }
  } catch (error) {
    return { kind: unreadable(error), lines: null, readable: null }
  }
}
