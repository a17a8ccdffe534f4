import type { Template } from '../../../../shared/domain/template/template.ts'

/** What a template was, is and would be again: for undo and redo. */
export interface EditHistory {
  readonly present: Template
  readonly past: readonly Template[]
  readonly future: readonly Template[]
  /** What the last edit was about; null after an undo, so that the next edit stands for itself. */
  readonly about: string | null
  /** When the last edit was made, in milliseconds. */
  readonly at: number
}

/** Edits of the same thing within this time are one step: nobody undoes letter by letter. */
const mergeMs = 1_000
const stepsKept = 200

export function beginHistory(present: Template): EditHistory {
  return { present, past: [], future: [], about: null, at: 0 }
}

/** @param about what is edited, such as `instruction` or `example-7`; the same again soon is one step */
export function withEdit(
  history: EditHistory,
  next: Template,
  about: string,
  now: number,
): EditHistory {
  if (next === history.present) return history
  const goesOn = history.about === about && now - history.at < mergeMs
  const past = goesOn ? history.past : [...history.past, history.present].slice(-stepsKept)
  return { present: next, past, future: [], about, at: now }
}

export function withUndo(history: EditHistory): EditHistory {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return {
    ...history,
    present: before,
    past: history.past.slice(0, -1),
    future: [history.present, ...history.future],
    about: null,
  }
}

export function withRedo(history: EditHistory): EditHistory {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return {
    ...history,
    present: after,
    past: [...history.past, history.present],
    future,
    about: null,
  }
}
