import type { AsideItem } from '../../../../shared/contract/data.ts'
import { formatBytes, formatDate, plural } from '../../ui/format.ts'

/** All sentences of "Set aside". */
export const setAsideWords = {
  title: 'Set aside',
  hint: 'What Penknife found and could not place, and damaged files that were repaired. Nothing here is deleted unless you do.',
  empty: 'Nothing is set aside.',
  restore: 'Restore',
  delete: 'Delete',
  deleteAll: 'Delete all for good',
  showFolder: 'Show in folder',
  confirmLabel: 'Delete for good',
} as const

/** What it is, when it was set aside, and its size. */
export function asideDetails({ kind, at, bytes }: AsideItem): string {
  const what = kind === 'document' ? 'Document' : 'Damaged files'
  const when = at === null ? [] : [formatDate(at)]
  return [what, ...when, formatBytes(bytes)].join(', ')
}

/** What will be lost. */
export function confirmWords(items: readonly AsideItem[]): { title: string; description: string } {
  const [first] = items
  const size = formatBytes(sizeOf(items))
  const isOne = items.length === 1 && first !== undefined
  return {
    title: isOne
      ? `Delete “${first.name}” for good?`
      : `Delete ${plural(items.length, 'item')} for good?`,
    description: `${size} will be deleted from this computer. You can’t undo this.`,
  }
}

/** "3 items, 4.2 MB". */
export function totalWords(items: readonly AsideItem[]): string {
  return `${plural(items.length, 'item')}, ${formatBytes(sizeOf(items))}`
}

function sizeOf(items: readonly AsideItem[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0)
}
