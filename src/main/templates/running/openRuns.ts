import { openRun, type OpenRun } from './openRun.ts'
import type { RunMaterial } from './ports.ts'
import type { RunFolder } from './runFolder.ts'

type Folder = Pick<RunFolder, 'directory' | 'record'>

/** A cache of runs whose results are in memory. */
export interface OpenRuns {
  /** Opens a run, or returns the cached one. */
  open(folder: Folder): Promise<OpenRun>
  forget(id: string): void
}

/** Number of cached runs: 100,000 results take a few hundred megabytes. */
const most = 2

/**
 * @param isAtWork whether the run with an id is running; a running one gets new results and must
 * not be evicted.
 */
export function createOpenRuns(material: RunMaterial, isAtWork: (id: string) => boolean): OpenRuns {
  const opened = new Map<string, Promise<OpenRun>>()
  return {
    open(folder) {
      const { id } = folder.record
      const found = opened.get(id) ?? openRun(folder, material)
      // Move it to the end of the map: the first entries are evicted first.
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
