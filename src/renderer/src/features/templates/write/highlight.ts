import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PreviewPart } from '../../../../../shared/contract/templates.ts'

/** Names a part of the prompt: its kind, and which one of that kind. */
export type PartKey = string

/** What is lit in the fields, the bar and the prompt at the same time. */
export interface Highlight {
  readonly lit: PartKey | null
  /** Whether it was lit from the fields, so that the prompt has to bring it into view. */
  readonly fromFields: boolean
}

export type HighlightStore = StoreApi<Highlight>

export function createHighlight(): HighlightStore {
  return createStore<Highlight>(() => ({ lit: null, fromFields: false }))
}

export function partKey(kind: PreviewPart['kind'], ref: string | null = null): PartKey {
  return ref === null ? kind : `${kind}:${ref}`
}

/** Whether a part belongs to what is lit: all examples are lit by `example` alone. */
export function isLit(lit: PartKey | null, key: PartKey): boolean {
  return lit !== null && (lit === key || key.startsWith(`${lit}:`))
}

/** Handlers that light a part while the pointer or the focus is on something of the fields. */
export function lightsFromFields(highlight: HighlightStore, key: PartKey) {
  const on = (): void => highlight.setState({ lit: key, fromFields: true })
  const off = (): void => dim(highlight, key)
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off }
}

export function dim(highlight: HighlightStore, key: PartKey): void {
  if (highlight.getState().lit === key) highlight.setState({ lit: null, fromFields: false })
}
