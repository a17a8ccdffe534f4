import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { judgedRun, type JudgedRun } from '../../../shared/domain/testRun/figures.ts'
import { replaceFile } from '../../disk/durableFile.ts'
import { parseJson } from '../../disk/jsonFile.ts'
import { whenMissing } from '../../disk/systemError.ts'
import { folderInPlace } from '../../disk/wrongKind.ts'
import { appVersion } from '../../config/version.ts'
import { judgingVersion } from './judgeResults.ts'
import { resultsOf, type RunFolder } from './runFolder.ts'

const keptFigures = z.object({
  judging: z.literal(judgingVersion),
  appVersion: z.literal(appVersion),
  /**
   * Size in bytes of the results file that was judged. The file is append-only, so its size
   * identifies its content.
   */
  results: z.number().int(),
  judged: judgedRun,
})

/**
 * The figures of a run that isn't running: from its figures file, or computed now and saved there.
 * Stored figures of other results, or of other versions of the app or the rules, are computed
 * again.
 *
 * @param onNotKept receives the error if they couldn't be saved; they are returned anyway.
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
  // The run may have continued meanwhile.
  if (results === (await sizeOf(resultsOf(folder)))) {
    const text = JSON.stringify({ judging: judgingVersion, appVersion, results, judged })
    await replaceFile(file, text).catch(onNotKept)
  }
  return judged
}

async function read(file: string): Promise<z.infer<typeof keptFigures> | undefined> {
  const text = await readFile(file, 'utf8').catch(folderInPlace(file)).catch(whenMissing(undefined))
  // Not `readJsonFile`: an invalid file needs no notice, since the figures can be computed again.
  return text === undefined ? undefined : parseJson(text, keptFigures)
}

async function sizeOf(file: string): Promise<number> {
  const stats = await stat(file).catch(whenMissing(undefined))
  return stats?.size ?? 0
}
