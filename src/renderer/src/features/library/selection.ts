/** The selection of rows, with the usual behaviour of file lists. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** The start of a range. */
  readonly anchor: string | null
  /** The active row of the keyboard. */
  readonly lead: string | null
}

export interface Modifiers {
  /** Shift: select from the anchor to this row. */
  readonly range: boolean
  /** Ctrl or Cmd: add or remove this row. */
  readonly toggle: boolean
}

export const noSelection: Selection = { ids: new Set(), anchor: null, lead: null }

/** The selection after a click on a row, or a key that moves to it. */
export function select(
  before: Selection,
  order: readonly string[],
  id: string,
  { range, toggle }: Modifiers,
): Selection {
  if (range) {
    const anchor = before.anchor ?? before.lead ?? id
    const between = idsBetween(order, anchor, id)
    const ids = new Set(toggle ? [...before.ids, ...between] : between)
    return { ids, anchor, lead: id }
  }
  if (!toggle) return { ids: new Set([id]), anchor: id, lead: id }
  const ids = new Set(before.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, anchor: id, lead: id }
}

/** Selects all rows. */
export function selectAll(before: Selection, order: readonly string[]): Selection {
  return { ids: new Set(order), anchor: before.anchor, lead: before.lead ?? order[0] ?? null }
}

/** The selection without rows that are no longer listed; the same object if nothing changed. */
export function keepListed(before: Selection, order: readonly string[]): Selection {
  const listed = new Set(order)
  const isGone = (id: string | null): boolean => id !== null && !listed.has(id)
  if (![...before.ids].some(isGone) && !isGone(before.anchor) && !isGone(before.lead)) return before
  return {
    ids: new Set([...before.ids].filter((id) => listed.has(id))),
    anchor: isGone(before.anchor) ? null : before.anchor,
    lead: isGone(before.lead) ? null : before.lead,
  }
}

/** The row that a key moves to; null if the key doesn't move. */
export function moveBy(
  key: string,
  order: readonly string[],
  lead: string | null,
  rowsAPage: number,
): string | null {
  if (order.length === 0) return null
  const at = lead === null ? -1 : order.indexOf(lead)
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at === -1 ? 0 : at - 1,
    PageDown: at + rowsAPage,
    PageUp: at - rowsAPage,
    Home: 0,
    End: order.length - 1,
  }
  const target = to[key]
  if (target === undefined) return null
  return order[Math.min(order.length - 1, Math.max(0, target))] ?? null
}

function idsBetween(order: readonly string[], one: string, other: string): readonly string[] {
  const from = order.indexOf(one)
  const to = order.indexOf(other)
  if (from === -1) return [other]
  return order.slice(Math.min(from, to), Math.max(from, to) + 1)
}
