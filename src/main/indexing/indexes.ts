import type { Logger } from '../disk/logger.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import type { Notice } from '../disk/jsonFile.ts'
import type { Embedder } from '../embedding/embedder.ts'
import type { InstalledEmbedder } from '../embedding/installedEmbedder.ts'
import { createHostEmbedder } from '../embedding/hostEmbedder.ts'
import { createLostEmbedder } from '../embedding/lostEmbedder.ts'
import { passageSizeOf } from '../embedding/passageSize.ts'
import type { StartHost } from '../processes/hostProcess.ts'
import { bundledAnchors, scaleBy, type CosineScale } from '../retrieval/cosineScale.ts'
import { createIndexInUse, type IndexInUse, type SearchIndex } from '../retrieval/searchIndex.ts'
import { termCountsCheck } from '../retrieval/termCountsFile.ts'
import { AppError } from '../../shared/errors.ts'
import { openIndexPointer, type IndexRecord, type PointerStore } from './indexPointer.ts'
import { openIndex } from './openIndex.ts'

export interface IndexesOptions {
  readonly pointerFile: string
  /** Folder of an index. */
  readonly directory: (id: string) => string
  readonly startHost: StartHost
  /** Finds an installed embedder. @throws AppError. */
  readonly find: (model: string) => Promise<InstalledEmbedder>
  /** Id of the model that ships with the app. */
  readonly bundled: string
  readonly notice: Notice
  readonly logger: Pick<Logger, 'warn' | 'error'>
  /** Called while the index of an earlier version is copied, with the share that is done. */
  readonly onUpgrade?: ((share: number) => void) | undefined
}

/** The index in use, and the functions to build another. */
export interface Indexes {
  readonly inUse: IndexInUse
  readonly pointer: PointerStore
  /** The embedder to switch to if the files of the index's embedder are gone; else null. */
  readonly successor: string | null
  /** @param background whether it runs at low priority. */
  startEmbedder(installed: InstalledEmbedder, background: boolean): Embedder
  /** Opens or creates the index of an embedder, to be filled at low priority. */
  openTarget(installed: InstalledEmbedder): Promise<SearchIndex>
  /** The check of the files beside the passages, which are checked with their documents. */
  checks(): readonly CheckTask[]
}

/** Opens the index that the pointer names, or creates one for the bundled embedder. */
export async function openIndexes(options: IndexesOptions): Promise<Indexes> {
  const { directory, startHost, find, bundled, notice, logger, onUpgrade } = options
  const own = await find(bundled)
  const pointer = await openIndexPointer(options.pointerFile, recordOf(own), notice)
  const record = pointer.get().index
  const installed = record.model.id === bundled ? own : await findOrNull(record.model.id)

  function startEmbedder({ profile }: InstalledEmbedder, background: boolean): Embedder {
    return createHostEmbedder({ start: startHost, profile, background })
  }

  /** Reads the pointer at each call: the scale may be measured after the index was opened. */
  function scaleOf({ model, profile, languages }: InstalledEmbedder): CosineScale {
    if (model.id === bundled) return scaleBy(bundledAnchors, languages)
    return (cosine, language) => {
      const { index } = pointer.get()
      return scaleBy(index.id === profile.id ? index.anchors : null, languages)(cosine, language)
    }
  }

  async function findOrNull(model: string): Promise<InstalledEmbedder | null> {
    try {
      return await find(model)
    } catch (error) {
      if (error instanceof AppError) return null
      throw error
    }
  }

  function openWith(installedNow: InstalledEmbedder, embedder: Embedder): Promise<SearchIndex> {
    const { profile } = installedNow
    return openIndex({
      id: profile.id,
      directory: directory(profile.id),
      embedder,
      passageSize: passageSizeOf(profile),
      cosineScale: scaleOf(installedNow),
      notice,
      logger,
      onUpgrade,
    })
  }

  const isThere = installed?.profile.id === record.id
  const successor = isThere ? null : (installed ?? own).model
  if (successor !== null) {
    notice(
      `The embedder ${record.model.name} is not there any more as it was. Documents are found by their words alone until they are indexed again with ${successor.name}, which has begun.`,
    )
  }
  const first =
    installed !== null && isThere
      ? await openWith(installed, startEmbedder(installed, false))
      : await openIndex({
          id: record.id,
          directory: directory(record.id),
          embedder: createLostEmbedder(record.id, record.dimensions),
          passageSize: passageSizeOf(own.profile),
          cosineScale: () => null,
          notice,
          logger,
          onUpgrade,
        })
  const inUse = createIndexInUse(first)
  return {
    inUse,
    pointer,
    successor: successor?.id ?? null,
    startEmbedder,
    openTarget: (target) => openWith(target, startEmbedder(target, true)),
    checks: () => [
      pointer.check('Index in use'),
      termCountsCheck('Word counts', directory(inUse.current().id)),
    ],
  }
}

export function recordOf({ model, profile }: InstalledEmbedder): IndexRecord {
  return { id: profile.id, model, dimensions: profile.dimensions, anchors: null }
}
