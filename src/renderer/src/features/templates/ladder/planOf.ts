import type { RunPlan } from '../../../../../shared/domain/testRun/arm.ts'
import type { PlanGroup } from '../runs/testBench.ts'

export type LadderKind = Exclude<PlanGroup, 'test'>

export interface LadderOptions {
  /** Also each arm with the grammar turned on or off, opposite to the template. */
  readonly grammarToggled: boolean
  /** Also a nearest-neighbours vote, without a language model. */
  readonly nearest: boolean
}

export const ladderKinds: readonly { readonly value: LadderKind; readonly label: string }[] = [
  { value: 'ladder', label: 'Ladder' },
  { value: 'shots', label: 'How many' },
  { value: 'choice', label: 'Which' },
  { value: 'order', label: 'Order' },
]

/** The question that each kind of run answers, in one sentence. */
export const ladderQuestions: Readonly<Record<LadderKind, string>> = {
  ladder:
    'The same rows without and with examples, without and with documents: what do examples and documents buy?',
  shots: 'How many examples are enough, and what do they cost?',
  choice: 'Are examples that are near to the row, or any others, better than the fixed ones?',
  order: 'Does the order of the examples matter? If it does, the prompt is fragile.',
}

/** @param examples number of enabled examples */
export function planOf(
  kind: LadderKind,
  version: number,
  examples: number,
  options: LadderOptions,
): RunPlan {
  switch (kind) {
    case 'ladder':
      return {
        kind,
        version,
        arms: ['zero-shot', 'few-shot', 'retrieval', 'both'],
        ...options,
      }
    case 'shots':
      return { kind, version, counts: shotCounts(examples), draws: 3, seed: 0 }
    case 'choice':
      return { kind, version, count: Math.max(1, Math.min(4, examples)), seed: 0 }
    case 'order':
      return { kind, version, shuffles: 5, seed: 0 }
  }
}

/** 0, 1, 2, 4, 8 … up to the number of examples. */
export function shotCounts(examples: number): readonly number[] {
  const counts = [0]
  for (let count = 1; count <= Math.min(examples, 64); count *= 2) counts.push(count)
  return counts
}
