import type { Template } from '../../../../shared/domain/template/template.ts'

/** What a template was, is and would be again: for undo and redo. */
export interface EditHistory {
  readonly present: Template
  readonly past: readonly EditStep[]
  readonly future: readonly EditStep[]
  /** What the last edit was about; null after an undo, so that the next edit stands for itself. */
  readonly about: string | null
  /** When the last edit was made, in milliseconds. */
  readonly at: number
}

/** The template before or after an edit, and what the edit changed besides. */
export interface EditStep {
  readonly template: Template
  readonly beside: EditedBeside | null
}

/** What an edit changed outside of the template, which goes back and forth with it. */
export interface EditedBeside {
  readonly undo: () => void
  readonly redo: () => void
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
  beside: EditedBeside | null = null,
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
