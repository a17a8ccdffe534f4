import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { isPending, type LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { formatBytes, plural } from '../../../shared/domain/localFormat.ts'
import { remove } from '../../disk/durableFile.ts'
import type { Notice } from '../../disk/jsonFile.ts'
import type { Paths } from '../../disk/paths.ts'
import { whenMissing } from '../../disk/systemError.ts'
import type { Adoptions } from './adoptions.ts'
import { learnLanguages } from './learnLanguages.ts'
import type { LedgerHistory } from './ledgerHistory.ts'
import { readLedgerBackup } from './ledgerBackup.ts'
import { rebuildRows, type Rebuilt } from './rebuildRows.ts'
import { setAside, type Unknown } from './setAside.ts'
import { sweepContents, type SweepOptions } from './sweeper.ts'

export interface RecoverOptions extends SweepOptions {
  readonly paths: Pick<Paths, 'spool' | 'setAside' | 'ledgerBackup'>
  readonly history: LedgerHistory
  readonly adoptions: Adoptions
  readonly notice: Notice
  readonly now: () => number
}

/** Contents that the ledger refers to and the index doesn't have completely. */
export interface LostContents {
  readonly contents: Set<string>
  /** Rows whose stored text has to be indexed again. */
  readonly rebuild: Set<string>
}

/**
 * Repairs what a crash or a damaged file left. Removes only what this program provably meant to
 * remove: it was in the ledger and is not any more, or an import did not finish storing it. Everything
 * else without a row may be the only copy of something; it gets a row again if the ledger is damaged,
 * and is set aside if not.
 */
export async function recover(options: RecoverOptions): Promise<LostContents> {
  await removeAll(path.join(options.paths.spool, 'parsed'))
  await options.uploads.removeUnfinished()
  const indexed = await options.index.current().store.contents()
  const { history, paths, notice } = options
  const backup = history.found === 'whole' ? [] : await readLedgerBackup(paths.ledgerBackup, notice)
  if (await isLedgerDamaged(backup, options)) await rebuild(backup, options)
  else await tidy(options, [...indexed.keys()])
  const lost = await compareWithIndex(options, indexed)
  await learnLanguages(options.ledger, options.index)
  // Only now: this loses the history of the ledger, which proves what was removed.
  await options.ledger.tidy()
  return lost
}

/** A missing ledger is a new one, unless it had something to list. */
async function isLedgerDamaged(
  backup: readonly LibraryDocument[],
  { history, contents, uploads }: RecoverOptions,
): Promise<boolean> {
  if (history.found !== 'missing') return history.found === 'damaged'
  const stored = contents.contents().length + uploads.originals().length
  return stored + (await uploads.waiting()).length + backup.length > 0
}

async function rebuild(backup: readonly LibraryDocument[], options: RecoverOptions): Promise<void> {
  options.notice(rebuiltSentence(await rebuildRows({ ...options, backup })))
}

function rebuiltSentence({ fromBackup, fromTexts }: Rebuilt): string {
  const parts = [
    ...(fromBackup > 0 ? [`${plural(fromBackup, 'document')} from its backup`] : []),
    ...(fromTexts > 0
      ? [`${plural(fromTexts, 'document')} from stored text, whose name and collections are lost`]
      : []),
  ]
  const restored =
    parts.length > 0
      ? `Penknife restored ${parts.join(' and ')}.`
      : 'No document was missing from it.'
  return `The list of your documents (ledger.jsonl) was damaged. ${restored} No document was deleted.`
}

async function tidy(options: RecoverOptions, indexed: readonly string[]): Promise<void> {
  const { ledger, history, contents, uploads, isNeeded } = options
  const waiting = await uploads.waiting()
  const isDone = (id: string): boolean =>
    (ledger.get(id)?.contentId ?? null) !== null || history.dropped.has(id)
  for (const id of waiting.filter(isDone)) await uploads.discard(id)
  const stored = new Set([...contents.contents(), ...uploads.originals()])
  const unneeded = [...stored].filter((contentId) => !isNeeded(contentId))
  const unfinished = await options.adoptions.unfinished()
  const isOwn = (contentId: string): boolean =>
    history.named.has(contentId) || unfinished.includes(contentId)
  await sweepContents(
    [
      ...unneeded.filter(isOwn),
      // Chunks alone are nobody's: they are made from a stored text.
      ...indexed.filter((contentId) => !stored.has(contentId)),
    ],
    options,
  )
  await options.adoptions.end(unfinished)
  // Perhaps stored before the row was written, by an import that the next minutes repeat.
  if (ledger.list().some(({ state }) => isPending(state))) return
  const unknown = {
    contents: unneeded.filter((contentId) => !isOwn(contentId)),
    uploads: waiting.filter((id) => !isDone(id) && ledger.get(id) === undefined),
  }
  await setUnknownAside(unknown, options)
}

async function setUnknownAside(unknown: Unknown, options: RecoverOptions): Promise<void> {
  const { index, notice, now } = options
  const count = unknown.contents.length + unknown.uploads.length
  if (count === 0) return
  const { folder, bytes } = await setAside(unknown, options.paths.setAside, options, now)
  await index.current().store.remove(unknown.contents)
  notice(
    `Penknife found ${plural(count, 'document')} (${formatBytes(bytes)}) that its list doesn’t know, and moved ${count === 1 ? 'it' : 'them'} to ${folder}. Nothing was deleted.`,
  )
}

/**
 * Finds the contents that the index has lost: because it was set aside as broken, or another
 * embedder is used. They are embedded again from the stored text.
 */
async function compareWithIndex(
  options: RecoverOptions,
  indexed: ReadonlyMap<string, number>,
): Promise<LostContents> {
  const { ledger, contents, uploads } = options
  const index = options.index.current()
  const lost: LostContents = { contents: new Set(), rebuild: new Set() }
  const rebuilt = new Set<string>()
  const recounted: LibraryDocument[] = []
  for (const row of ledger.list()) {
    const { id, contentId, state } = row
    if (contentId === null) continue
    const count = indexed.get(contentId) ?? 0
    if (!contents.has(contentId)) {
      // Without the text nothing can be cited, so the file has to be read again.
      if (row.path === null) await uploads.spoolAgain(id, contentId)
      await ledger.put([{ ...row, contentId: null, state: 'queued', reason: null }])
    } else if (
      count !== row.chunks &&
      (await contents.countPassages(contentId, index.id)) === count
    ) {
      // The index was exchanged, and the process ended before the rows were updated.
      recounted.push({ ...row, chunks: count })
    } else if (count !== row.chunks) {
      lost.contents.add(contentId)
      // A waiting row will be read anyway, and one row per content is enough.
      if (isPending(state) || rebuilt.has(contentId)) continue
      rebuilt.add(contentId)
      lost.rebuild.add(id)
      ledger.show({ ...row, state: 'queued' })
    }
  }
  await ledger.put(recounted)
  return lost
}

async function removeAll(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(whenMissing([]))) {
    await remove(path.join(folder, name))
  }
}
