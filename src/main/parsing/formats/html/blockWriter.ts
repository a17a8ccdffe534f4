import { oneLine } from '../../../../shared/domain/oneLine.ts'
import type { Block } from '../../../../shared/domain/page.ts'
import type { TextBlock } from '../textBlock.ts'
import { createOpenTables, type OpenTables } from './openTables.ts'
import { createPendingText, tidy } from './pendingText.ts'

/** Collects the text of a stretch, and blocks as they come to their end. */
export interface BlockWriter extends OpenTables {
  /** Rows of a table come with its end, or with what follows them. */
  readonly blocks: readonly TextBlock[]
  /** Characters since the last block, cell or row. */
  readonly pending: number
  /** The last of them; blank if there is none. */
  readonly last: string
  /** Some more of them. */
  readonly tail: string
  write(text: string): void
  /** Ends what is pending as a block of this kind; nothing happens if it is blank. */
  end(kind: Block['kind'], options?: { readonly level?: number; readonly marker?: string }): boolean
  /** Forgets what is pending. */
  discard(): void
}

/** A cell with more text than this is no datum; its paragraphs are read as such. */
export const longestDatum = 400

export function createBlockWriter(): BlockWriter {
  const blocks: TextBlock[] = []
  const text = createPendingText()
  const tables = createOpenTables(blocks, text)
  const { writeRows, ...calls } = tables
  return {
    ...calls,
    // A spread copies what it was.
    get inCell() {
      return tables.inCell
    },
    blocks,
    get pending() {
      return text.length
    },
    get last() {
      return text.last
    },
    get tail() {
      return text.tail
    },
    write: (more) => text.add(more),
    end(kind, { level, marker = '' } = {}) {
      const raw = text.take()
      const clean = kind === 'code' ? raw : kind === 'heading' ? oneLine(raw) : tidy(raw)
      if (clean.trim() === '') return false
      writeRows()
      blocks.push({ kind, text: marker + clean, ...(level === undefined ? {} : { level }) })
      return true
    },
    discard: () => void text.take(),
  }
}
