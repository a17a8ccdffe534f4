import path from 'node:path'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { AppError } from '../../../shared/errors.ts'
import { hashFile } from '../../disk/hashFile.ts'
import { canReadText } from '../checking/findFaults.ts'
import { indexAgain, type RepairDeps } from '../checking/repairDocument.ts'
import { contentIdOf } from '../store/contentId.ts'
import type { Ledger } from '../store/ledger.ts'
import { newRow } from '../store/newRow.ts'
import { rowOf, type RowDeps } from '../store/rebuildRows.ts'
import type { FoundAside } from './asideItems.ts'

export interface RestoreDeps extends RepairDeps, Pick<RowDeps, 'index' | 'now'> {
  readonly ledger: RepairDeps['ledger'] & Pick<Ledger, 'list'>
  readonly contents: RepairDeps['contents']
  readonly uploads: RepairDeps['uploads']
}

/**
 * Puts a document back into the library: its text is indexed again or, where that is damaged or
 * gone, its file is imported again.
 *
 * @returns its row.
 * @throws AppError `invalid-input` where it is in the library already, or its text is damaged and its
 * file gone; nothing is moved then.
 */
export async function restoreAside(found: FoundAside, deps: RestoreDeps): Promise<LibraryDocument> {
  const { kind, key, isUpload, text, original } = found
  if (kind !== 'document') throw new AppError('invalid-input', 'Damaged files can’t be restored.')
  if (!isUpload && (deps.contents.has(key) || deps.ledger.ofContent(key).length > 0)) {
    throw new AppError('invalid-input', 'This document is in the library already.')
  }
  if (text !== null && (await canReadText(text))) return adoptText(key, text, original, deps)
  if (original !== null) return importFile(original, deps)
  throw new AppError('invalid-input', 'Its text is damaged. Import the file again.')
}

/** A damaged file stays where it is: the text can be searched without it. */
async function adoptText(
  contentId: string,
  text: string,
  original: string | null,
  deps: RestoreDeps,
): Promise<LibraryDocument> {
  const { ledger, contents, uploads } = deps
  const isWhole = original !== null && contentIdOf(await hashFile(original)) === contentId
  if (isWhole) await uploads.adoptOriginal(contentId, original)
  await contents.adopt(new Map([[contentId, text]]))
  const made = await rowOf(contentId, 1, deps)
  const name = freeName(made.name, ledger.list())
  const row = { ...made, name, state: 'indexed' as const }
  await ledger.put([row])
  await indexAgain(row, contentId, deps)
  return row
}

/** Only its bytes are known: they say what it is. */
async function importFile(
  file: string,
  { ledger, uploads, enqueue, now }: RestoreDeps,
): Promise<LibraryDocument> {
  const name = freeName(`Document (recovered)${path.extname(file)}`, ledger.list())
  const row = newRow(name, null, now)
  await uploads.adoptWaiting(row.id, file)
  await ledger.put([row])
  enqueue([row])
  return row
}

/** "Report (recovered) 2.pdf" where there is a "Report (recovered).pdf". */
function freeName(wanted: string, rows: readonly LibraryDocument[]): string {
  const taken = new Set(rows.map(({ name }) => name))
  const { name, ext } = path.parse(wanted)
  let free = wanted
  for (let number = 2; taken.has(free); number += 1) free = `${name} ${String(number)}${ext}`
  return free
}
