import type { Template } from '../../../../shared/domain/template/template.ts'

/** Past, present and future states of a template, for undo and redo. */
export interface EditHistory {
  readonly present: Template
  readonly past: readonly EditStep[]
  readonly future: readonly EditStep[]
  /** The subject of the last edit; null after an undo, so that the next edit is a separate step. */
  readonly about: string | null
  /** Time of the last edit, in milliseconds. */
  readonly at: number
}

/** The template before or after an edit, and the edit's other change. */
export interface EditStep {
  readonly template: Template
  readonly beside: OutsideEdit | null
}

/** A change outside of the template, to undo and redo along with the edit. */
export interface OutsideEdit {
  readonly undo: () => void
  readonly redo: () => void
}

/**
 * Edits of the same subject within this time are one step, so that undo doesn't go letter by
 * letter.
 */
const mergeMs = 1_000
const stepsKept = 200

export function beginHistory(present: Template): EditHistory {
  return { present, past: [], future: [], about: null, at: 0 }
}

/**
 * @param about the subject of the edit, such as `instruction` or `example-7`; soon repeated edits
 * of it are one step
 */
export function withEdit(
  history: EditHistory,
  next: Template,
  about: string,
  now: number,
  beside: OutsideEdit | null = null,
): EditHistory {
  if (next === history.present) return history
  const goesOn = history.about === about && now - history.at < mergeMs && beside === null
  const step = { template: history.present, beside }
  const past = goesOn ? history.past : [...history.past, step].slice(-stepsKept)
  return { present: next, past, future: [], about, at: now }
}

export function withUndo(history: EditHistory): EditHistory {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return {
    ...history,
    present: before.template,
    past: history.past.slice(0, -1),
    future: [{ template: history.present, beside: before.beside }, ...history.future],
    about: null,
  }
}

export function withRedo(history: EditHistory): EditHistory {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return {
    ...history,
    present: after.template,
    past: [...history.past, { template: history.present, beside: after.beside }],
    future,
    about: null,
  }
}
