import type { FormatId, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import type { ErrorCode } from '../../../../shared/errors.ts'
import type { TagTone } from '../../ui/Chip.tsx'

const kinds: Readonly<Record<FormatId, string>> = {
  pdf: 'PDF',
  docx: 'Word',
  html: 'Web page',
  markdown: 'Markdown',
  text: 'Text',
  csv: 'Table',
}

/** What kind of file it is, in a word. */
export function kindOf({ format, name }: Pick<LibraryDocument, 'format' | 'name'>): string {
  if (format !== null) return kinds[format]
  const extension = /\.([^.]{1,8})$/u.exec(name)?.[1]
  return extension === undefined ? 'Unknown' : extension.toUpperCase()
}

export interface StateWords {
  readonly label: string
  readonly tone: TagTone
}

/** Why a file failed, in the few words that fit a table. */
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
}

/** How far a document has come. */
export function stateWords(document: LibraryDocument): StateWords {
  switch (document.state) {
    case 'queued':
      return { label: 'Waiting', tone: 'plain' }
    case 'reading':
      return { label: 'Reading', tone: 'info' }
    case 'indexing':
      return { label: 'Indexing', tone: 'info' }
    case 'indexed':
      return { label: 'Indexed', tone: 'good' }
    case 'unchanged':
      return { label: 'Unchanged', tone: 'plain' }
    case 'partly-read': {
      const pages = document.unreadPages.length
      const missing = pages === 0 ? '' : `: ${count(pages, 'page')} left out`
      return { label: `Partly read${missing}`, tone: 'warn' }
    }
    case 'failed': {
      const code = document.reason?.code
      return { label: (code && failures[code]) ?? 'Could not be read', tone: 'bad' }
    }
  }
}

/** What a person can do about a document that was not read, or not wholly. */
export function adviceFor(document: LibraryDocument): string | null {
  const kept = document.content === null ? null : 'What was read before can still be asked about.'
  if (document.state === 'failed') return kept
  if (document.state === 'partly-read') return 'The other pages are indexed and can be asked about.'
  return null
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${figure(number)} ${number === 1 ? one : many}`
}

/** A whole number with its thousands apart. */
export function figure(number: number): string {
  return number.toLocaleString('en')
}

/** A count that nothing is known about yet is a dash. */
export function figureOrDash(number: number, known: boolean): string {
  return known ? figure(number) : '–'
}

export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return count(bytes, 'byte')
  const units = ['kB', 'MB', 'GB', 'TB']
  let size = bytes / 1_000
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1_000
    unit += 1
  }
  return `${size < 9.95 ? size.toFixed(1) : String(Math.round(size))} ${units[unit] ?? ''}`
}

const dayMs = 86_400_000
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})

/** When something happened, as one would say it on the day `now`. */
export function when(iso: string, now: Date): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return '–'
  const days = Math.round((startOfDay(now) - startOfDay(date)) / dayMs)
  if (days === 0) return `today, ${time.format(date)}`
  if (days === 1) return `yesterday, ${time.format(date)}`
  return (date.getFullYear() === now.getFullYear() ? day : dayAndYear).format(date)
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** The folder that a file lies in. */
export function folderOf({ path }: Pick<LibraryDocument, 'path'>): string {
  if (path === null) return 'Kept by Penknife'
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return cut <= 0 ? path.slice(0, cut + 1) : path.slice(0, cut)
}
