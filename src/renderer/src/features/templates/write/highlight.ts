import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PreviewPart } from '../../../../../shared/contract/templates.ts'

/** The key of a part of the prompt: its kind, and the number or id within the kind. */
export type PartKey = string

/** The part that is highlighted in the fields, the bar and the prompt. */
export interface Highlight {
  readonly lit: PartKey | null
  /** Whether it was highlighted from the fields, so that the prompt scrolls to it. */
  readonly fromFields: boolean
}

export type HighlightStore = StoreApi<Highlight>

export function createHighlight(): HighlightStore {
  return createStore<Highlight>(() => ({ lit: null, fromFields: false }))
}

export function partKey(kind: PreviewPart['kind'], ref: string | null = null): PartKey {
  return ref === null ? kind : `${kind}:${ref}`
}

/** Whether a part is highlighted: `example` alone highlights all examples. */
export function isHighlighted(lit: PartKey | null, key: PartKey): boolean {
  return lit !== null && (lit === key || key.startsWith(`${lit}:`))
}

/** Handlers that highlight a part while one of its fields is hovered or focused. */
export function highlightsFromFields(highlight: HighlightStore, key: PartKey) {
  const on = (): void => highlight.setState({ lit: key, fromFields: true })
  const off = (): void => dim(highlight, key)
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off }
}

export function dim(highlight: HighlightStore, key: PartKey): void {
  if (highlight.getState().lit === key) highlight.setState({ lit: null, fromFields: false })
}
