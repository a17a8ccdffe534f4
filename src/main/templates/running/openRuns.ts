import { openRun, type OpenRun } from './openRun.ts'
import type { RunMaterial } from './ports.ts'
import type { RunFolder } from './runFolder.ts'

type Folder = Pick<RunFolder, 'directory' | 'record'>

/** Runs whose results are in memory. */
export interface OpenRuns {
  /** The same run until it is forgotten. */
  open(folder: Folder): Promise<OpenRun>
  forget(id: string): void
}

/** So many are kept: a hundred thousand results take a few hundred megabytes. */
const most = 2

/** @param isAtWork of the id of a run; one that is gets new results and has to stay. */
export function createOpenRuns(material: RunMaterial, isAtWork: (id: string) => boolean): OpenRuns {
  const opened = new Map<string, Promise<OpenRun>>()
  return {
    open(folder) {
      const { id } = folder.record
      const found = opened.get(id) ?? openRun(folder, material)
      // Last in the map: those that were not asked for longest are forgotten first.
      opened.delete(id)
      opened.set(id, found)
      found.catch(() => opened.delete(id))
      for (const old of opened.keys()) {
        if (opened.size <= most) break
        if (!isAtWork(old)) opened.delete(old)
      }
      return found
    },
    forget: (id) => void opened.delete(id),
  }
}
