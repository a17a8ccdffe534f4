import path from 'node:path'
import { z } from 'zod'
import { makeFolder } from '../../disk/durableFile.ts'
import type { CheckTask } from '../../disk/checkTask.ts'
import { jsonCheck } from '../../disk/jsonFault.ts'
import { readJsonFile, writeJsonFile, type Notice } from '../../disk/jsonFile.ts'
import { waitingDownload, type Download } from './download.ts'
import { downloadPlan } from './downloadPlan.ts'

const listFile = z.object({
  version: z.literal(1),
  downloads: z.array(
    z.object({ plan: downloadPlan, doneBytes: z.number(), totalBytes: z.number().nullable() }),
  ),
})

/** The list of unfinished downloads on the disk. */
export interface DownloadsFile {
  read(): Promise<readonly Download[]>
  save(downloads: Iterable<Download>): Promise<void>
  /** The check of the list. @param save writes it again. */
  check(name: string, save: () => Promise<void>): CheckTask
}

/** @param folder folder of unfinished downloads. */
export function openDownloadsFile(folder: string, notice: Notice): DownloadsFile {
  const file = path.join(folder, 'downloads.json')
  return {
    async read() {
      const { downloads = [] } = (await readJsonFile(file, listFile, notice)) ?? {}
      return downloads.map(({ plan, doneBytes, totalBytes }) =>
        waitingDownload(plan, doneBytes, totalBytes),
      )
    },
    async save(all) {
      const open = [...all].filter(({ state }) => state.status !== 'done')
      const downloads = open.map(({ plan, doneBytes, totalBytes }) => ({
        plan,
        doneBytes,
        totalBytes,
      }))
      await makeFolder(folder)
      await writeJsonFile(file, { version: 1, downloads })
    },
    check: (name, save) => jsonCheck(name, file, listFile, save),
  }
}
