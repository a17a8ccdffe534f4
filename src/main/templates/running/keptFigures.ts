import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { armFigures, comparison, verdict } from '../../../shared/domain/testRun/figures.ts'
import { replaceFile } from '../../disk/durableFile.ts'
import { parseJson } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { appVersion } from '../../config/version.ts'
import { judgingVersion, type JudgedRun } from './judgeResults.ts'
import { resultsOf, type RunFolder } from './runFolder.ts'

const keptFigures = z.object({
  judging: z.literal(judgingVersion),
  appVersion: z.literal(appVersion),
  /** Bytes of the results that were judged: they are only ever added to. */
  results: z.number().int(),
  judged: z.object({
    arms: z.record(z.string(), armFigures).readonly(),
    comparisons: z.array(comparison).readonly(),
    verdict,
  }),
})

/**
 * The figures of a run at rest: as they were kept with it, or judged now and kept. Those of other
 * results, of another version of the app or of its way of judging are judged anew.
 *
 * @param onNotKept hears why they could not be kept; they hold all the same.
 */
export async function figuresAtRest(
  folder: Pick<RunFolder, 'directory'>,
  judge: () => Promise<JudgedRun>,
  onNotKept: (error: unknown) => void,
): Promise<JudgedRun> {
  const file = path.join(folder.directory, 'figures.json')
  const results = await sizeOf(resultsOf(folder))
  const kept = await read(file)
  if (kept?.results === results) return kept.judged
  const judged = await judge()
  // It may have gone on meanwhile.
  if (results === (await sizeOf(resultsOf(folder)))) {
    const text = JSON.stringify({ judging: judgingVersion, appVersion, results, judged })
    await replaceFile(file, text).catch(onNotKept)
  }
  return judged
}

async function read(file: string): Promise<z.infer<typeof keptFigures> | undefined> {
  const text = await readFile(file, 'utf8').catch(whenMissing(undefined))
  // Not `readJsonFile`: a file that does not fit is worth no notice, since it can be made anew.
  return text === undefined ? undefined : parseJson(text, keptFigures)
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch(whenMissing(undefined))
  return stats?.size ?? 0
}
