import { diffLines, diffWordsWithSpace } from 'diff'

/** A piece of a line, and whether the other side lacks it. */
export interface DiffPiece {
  readonly text: string
  readonly changed: boolean
}

/** A line of each side; null if a side has no counterpart. */
export interface DiffRow {
  readonly left: readonly DiffPiece[] | null
  readonly right: readonly DiffPiece[] | null
  readonly same: boolean
}

/**
 * Two texts side by side: lines by Myers' algorithm, and within replaced lines the words that
 * differ (both by the library `diff`).
 */
export function sideBySide(before: string, after: string): readonly DiffRow[] {
  const rows: DiffRow[] = []
  const parts = diffLines(`${before}\n`, `${after}\n`)
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]
    if (part === undefined) continue
    const next = parts[at + 1]
    if (!part.added && !part.removed) {
      for (const text of linesOf(part.value)) {
        const line = [{ text, changed: false }]
        rows.push({ left: line, right: line, same: true })
      }
    } else if (part.removed && next?.added === true) {
      rows.push(...replaced(linesOf(part.value), linesOf(next.value)))
      at += 1
    } else {
      rows.push(
        ...replaced(part.removed ? linesOf(part.value) : [], part.added ? linesOf(part.value) : []),
      )
    }
  }
  return rows
}

function replaced(left: readonly string[], right: readonly string[]): readonly DiffRow[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const old = left[index]
    const fresh = right[index]
    if (old === undefined || fresh === undefined) {
      return { left: whole(old), right: whole(fresh), same: false }
    }
    const words = diffWordsWithSpace(old, fresh)
    return {
      left: words.filter(({ added }) => !added).map(pieceOf),
      right: words.filter(({ removed }) => !removed).map(pieceOf),
      same: false,
    }
  })
}

function pieceOf({
  value,
  added,
  removed,
}: {
  readonly value: string
  readonly added: boolean
  readonly removed: boolean
}): DiffPiece {
  return { text: value, changed: added || removed }
}

function whole(text: string | undefined): readonly DiffPiece[] | null {
  return text === undefined ? null : [{ text, changed: text !== '' }]
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/u, '').split('\n')
}
