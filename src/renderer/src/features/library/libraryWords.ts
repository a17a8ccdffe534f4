import type { PageProgress } from '../../../../shared/contract/documents.ts'
import { pageWord } from '../../../../shared/domain/documentPlace.ts'
import { readablePath } from '../../../../shared/domain/fileNames.ts'
import { formats } from '../../../../shared/domain/formats.ts'
import type { LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import type { ErrorCode } from '../../../../shared/errors.ts'
import type { TagTone } from '../../ui/Chip.tsx'
import { formatCount, pageWords, plural } from '../../ui/format.ts'

/** The kind of file in one word. */
export function kindOf({ format, name }: Pick<LibraryDocument, 'format' | 'name'>): string {
  if (format !== null) return formats[format].label
  const extension = /\.([^.]{1,8})$/u.exec(name)?.[1]
  return extension === undefined ? 'Unknown' : extension.toUpperCase()
}

/** "Pages", "Slides"; null for formats that have none. */
export function pagesName({ format }: Pick<LibraryDocument, 'format'>): string | null {
  const word = pageWord(format)
  return word === null ? null : `${word.charAt(0).toUpperCase()}${word.slice(1)}s`
}

export interface StateWords {
  readonly label: string
  readonly tone: TagTone
}

/** Short reasons of failures, for the table. */
const failures: Partial<Readonly<Record<ErrorCode, string>>> = {
  'document-encrypted': 'Needs a password',
  'unsupported-format': 'Not a kind Penknife reads',
  'document-empty': 'No text in it',
  'document-too-large': 'Too large',
  'document-unreadable': 'Damaged',
  'permission-denied': 'No permission',
  'not-found': 'File is gone',
  'timed-out': 'Took too long',
  'out-of-memory': 'Needs too much memory',
  'disk-full': 'Disk is full',
  'disk-failed': 'Disk failed',
}

/** The state of a document in words. @param reading the page being read, of any document */
export function stateWords(
  document: LibraryDocument,
  reading: PageProgress | null = null,
): StateWords {
  switch (document.state) {
    case 'queued':
      return { label: 'Waiting', tone: 'plain' }
    case 'reading':
      return {
        label: readingWords(reading?.document === document.id ? reading : null),
        tone: 'info',
      }
    case 'indexing':
      return { label: 'Indexing', tone: 'info' }
    case 'indexed':
      return { label: 'Indexed', tone: 'good' }
    case 'unchanged':
      return { label: 'Unchanged', tone: 'plain' }
    case 'partly-read': {
      const pages = document.unreadPages.length
      return {
        label: `Partly read${pages === 0 ? '' : `: ${plural(pages, 'page')}`}`,
        tone: 'warn',
      }
    }
    case 'failed': {
      const code = document.reason?.code
      return { label: (code && failures[code]) ?? 'Could not be read', tone: 'bad' }
    }
  }
}

function readingWords(at: PageProgress | null): string {
  // No count for single pages, since most of those files are read in a moment.
  if (at === null || at.pages === 1) return 'Reading'
  return `Reading ${pageWords(at)}`
}

/** What is still searchable of a document that was not or only partly read. */
export function searchablePart(document: LibraryDocument): string | null {
  if (document.contentId === null) return null
  if (document.state === 'failed') return 'What was read before can still be asked about.'
  if (document.state !== 'partly-read') return null
  if (document.unreadPages.length === 0) return 'The rest is indexed and can be asked about.'
  const read = document.pages - document.unreadPages.length
  return read === 1
    ? 'The other page is indexed and can be asked about.'
    : `The other ${formatCount(read)} pages are indexed and can be asked about.`
}

/** A count, or a dash if it is unknown. */
export function figureOrDash(number: number, known: boolean): string {
  return known ? formatCount(number) : '–'
}

/** The folder of a file. */
export function folderOf({ path }: Pick<LibraryDocument, 'path'>): string {
  if (path === null) return 'Kept by Penknife'
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return readablePath(cut <= 0 ? path.slice(0, cut + 1) : path.slice(0, cut))
}
