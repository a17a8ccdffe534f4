import { evidenceThreshold } from '../retrieval/evidence.ts'
import { AppError } from '../../shared/errors.ts'
import { readBeir } from './beir.ts'
import type { EvalLibrary } from './evalLibrary.ts'
import { leaveOut } from './leaveOut.ts'
import { decide, f1, separation, share, type Decision, type ScoredCase } from './metrics.ts'
import { readSquad } from './squad.ts'

/** "Not found" is the positive decision. All but `questions` is of the half that was not calibrated on. */
export interface NotFoundFigures {
  readonly questions: number
  readonly precision: number
  readonly recall: number
  /** Where F1 was best on the other half. */
  readonly threshold: number
  /** Chance that an answerable question has more evidence than one that is not. */
  readonly separation: number
  /** With the threshold that the app uses. */
  readonly default: Decision
  readonly curve: readonly Decision[]
}

const steps = 20

/**
 * Measures how well the evidence score identifies the questions that the corpus cannot answer.
 * Every second query, from the first on, calibrates the threshold; the others measure.
 */
export async function evalNotFound(
  { beirDir, passages }: { readonly beirDir: string; readonly passages: number },
  library: EvalLibrary,
): Promise<NotFoundFigures> {
  const { corpus, queries } = await readBeir(beirDir)
  const known = queries.filter(({ answerable }) => answerable !== null)
  if (known.length === 0) {
    throw new AppError('invalid-input', 'No query says whether it can be answered.')
  }
  await library.importTexts(corpus)
  const cases: ScoredCase[] = []
  for (const [index, { text, answerable }] of known.entries()) {
    const { decision } = await library.retrieval.search(text, { limit: passages })
    cases.push({ score: decision.best, positive: answerable === false })
    library.onProgress?.(index + 1, known.length)
  }
  const threshold = bestThreshold(cases.filter((_, index) => index % 2 === 0))
  const measured = cases.filter((_, index) => index % 2 === 1)
  const curve = Array.from({ length: steps - 1 }, (_, step) => decide(measured, (step + 1) / steps))
  return {
    questions: cases.length,
    ...decide(measured, threshold),
    separation: separation(measured),
    default: decide(measured, evidenceThreshold),
    curve,
  }
}

/** With the app's threshold and its neighbours; none of these questions calibrates anything. */
export interface LeftOutFigures {
  /** Area under the ROC curve. */
  readonly separation: number
  readonly thresholds: readonly {
    readonly threshold: number
    /** Share of the questions whose paragraph is in the library. */
    readonly refusedWhenPresent: number
    readonly refusedWhenAbsent: number
  }[]
}

/** Asks, without a model, questions whose paragraph is in the library and such whose paragraph was left out. */
export async function evalLeftOut(
  { squadFile, sample, passages }: LeftOutInput,
  library: EvalLibrary,
): Promise<LeftOutFigures> {
  const { present, absent, kept } = leaveOut(await readSquad(squadFile), sample)
  await library.importTexts(kept)
  const cases: ScoredCase[] = []
  const total = present.length + absent.length
  for (const [drawn, positive] of [[present, false] as const, [absent, true] as const]) {
    for (const { question } of drawn) {
      const { decision } = await library.retrieval.search(question.question, { limit: passages })
      cases.push({ score: decision.best, positive })
      library.onProgress?.(cases.length, total)
    }
  }
  const refused = (positive: boolean, threshold: number): number => {
    const among = cases.filter((one) => one.positive === positive)
    return share(among.filter(({ score }) => score < threshold).length, among.length)
  }
  return {
    separation: separation(cases),
    thresholds: [-0.1, 0, 0.1, 0.2].map((more) => {
      const threshold = evidenceThreshold + more
      return {
        threshold,
        refusedWhenPresent: refused(false, threshold),
        refusedWhenAbsent: refused(true, threshold),
      }
    }),
  }
}

interface LeftOutInput {
  readonly squadFile: string
  /** Questions of each kind. */
  readonly sample: number
  readonly passages: number
}

/** The threshold between two scores where F1 is best. */
export function bestThreshold(cases: readonly ScoredCase[]): number {
  const scores = [...new Set(cases.map(({ score }) => score))].sort((a, b) => a - b)
  let best = { threshold: 0, value: -1 }
  for (const [index, score] of scores.entries()) {
    const threshold = (score + (scores[index + 1] ?? 1)) / 2
    const value = f1(decide(cases, threshold))
    if (value > best.value) best = { threshold, value }
  }
  return best.threshold
}
