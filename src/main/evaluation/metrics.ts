import type { TextRange } from '../../shared/domain/page.ts'

/** Grades of the documents that are relevant to a query; those that are missing have 0. */
export type Grades = ReadonlyMap<string, number>

/**
 * Normalised discounted cumulative gain of the first `cutoff` documents. The gain of a grade g is
 * 2^g − 1 (Burges et al. 2005), or g itself, as trec_eval has it (Järvelin and Kekäläinen 2002).
 * The two differ only where there are grades above 1.
 */
export function ndcg(
  ranked: readonly string[],
  grades: Grades,
  cutoff: number,
  gain: 'exponential' | 'linear' = 'exponential',
): number {
  const worth = (grade: number): number => {
    if (grade <= 0) return 0
    return gain === 'linear' ? grade : 2 ** grade - 1
  }
  const sum = (values: readonly number[]): number =>
    values
      .slice(0, cutoff)
      .reduce((total, grade, index) => total + worth(grade) / Math.log2(index + 2), 0)
  const ideal = sum([...grades.values()].sort((a, b) => b - a))
  return ideal === 0 ? 0 : sum(ranked.map((id) => grades.get(id) ?? 0)) / ideal
}

/** Share of the relevant documents that are among the first `cutoff`. */
export function recallAt(ranked: readonly string[], grades: Grades, cutoff: number): number {
  const relevant = [...grades].filter(([, grade]) => grade > 0).map(([id]) => id)
  const first = new Set(ranked.slice(0, cutoff))
  return share(relevant.filter((id) => first.has(id)).length, relevant.length)
}

/** 1 / position of the first relevant document, 0 if there is none among the first `cutoff`. */
export function reciprocalRank(ranked: readonly string[], grades: Grades, cutoff: number): number {
  const index = ranked.slice(0, cutoff).findIndex((id) => (grades.get(id) ?? 0) > 0)
  return index < 0 ? 0 : 1 / (index + 1)
}

/** The value that `percent` of all are not above (nearest rank); 0 of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const rank = Math.ceil((percent / 100) * sorted.length)
  return sorted[Math.max(0, rank - 1)] ?? 0
}

export function mean(values: readonly number[]): number {
  return share(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  )
}

export function share(count: number, of: number): number {
  return of === 0 ? 0 : count / of
}

/** How retrieved ranges of one text overlap with the ranges that contain the evidence. */
export interface Overlap {
  /** Share of the evidence that was retrieved. */
  readonly recall: number
  /** Share of what was retrieved that is evidence. */
  readonly precision: number
  /** What is in both over what is in either; text that was retrieved twice counts twice. */
  readonly iou: number
}

/**
 * Recall, precision and intersection over union as Smith and Troynikov ("Evaluating chunking
 * strategies for retrieval", 2024) define them, over characters, as their program does.
 */
export function overlap(retrieved: readonly TextRange[], evidence: readonly TextRange[]): Overlap {
  const wanted = union(evidence)
  const found = union(retrieved)
  const both = found.reduce(
    (sum, a) => sum + wanted.reduce((inner, b) => inner + shared(a, b), 0),
    0,
  )
  const twice = length(retrieved) - length(found)
  return {
    recall: share(both, length(wanted)),
    precision: share(both, length(found)),
    iou: share(both, length(found) + length(wanted) - both + twice),
  }
}

function length(ranges: readonly TextRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0)
}

function shared(a: TextRange, b: TextRange): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
}

function union(ranges: readonly TextRange[]): TextRange[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}

/** Precision and recall of a decision. */
export interface Decision {
  readonly threshold: number
  readonly precision: number
  readonly recall: number
}

export interface ScoredCase {
  readonly score: number
  /** Whether it belongs to those that should fall below the threshold. */
  readonly positive: boolean
}

/** How well "the score is below the threshold" identifies the positive cases. */
export function decide(cases: readonly ScoredCase[], threshold: number): Decision {
  const below = cases.filter(({ score }) => score < threshold)
  const hits = below.filter(({ positive }) => positive).length
  return {
    threshold,
    precision: share(hits, below.length),
    recall: share(hits, cases.filter(({ positive }) => positive).length),
  }
}

/** Chance that a negative case scores above a positive one (area under the ROC curve). */
export function separation(cases: readonly ScoredCase[]): number {
  const positive = cases.filter((one) => one.positive)
  const negative = cases.filter((one) => !one.positive)
  let won = 0
  for (const a of positive) {
    for (const b of negative) won += a.score < b.score ? 1 : a.score === b.score ? 0.5 : 0
  }
  return share(won, positive.length * negative.length)
}

/** Harmonic mean of precision and recall. */
export function f1({ precision, recall }: Pick<Decision, 'precision' | 'recall'>): number {
  return share(2 * precision * recall, precision + recall)
}
