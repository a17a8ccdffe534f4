import type { Support } from '../../shared/domain/conversation.ts'
import { terms } from '../../shared/domain/language/terms.ts'
import { idf } from '../retrieval/termStatistics.ts'
import { share } from './metrics.ts'
import type { FaultKind, SupportGroup, SupportText } from './supportSet.ts'

/** How far a sentence that cites the source at `own` is supported by the sources. */
export type JudgeSupport = (
  sentence: string,
  own: number,
  sources: readonly SupportText[],
  weight: (term: string) => number,
) => Support

/** The first, third … pair of each text tune the check; the others measure it. */
export type Half = 'tuning' | 'held-out'

export interface JudgedPair {
  readonly group: string
  readonly half: Half
  readonly kind: FaultKind
  readonly sentences: readonly [right: string, wrong: string]
  readonly support: readonly [right: Support, wrong: Support]
}

/** Shares. What is supported in part counts as neither supported nor unsupported. */
export interface SupportFigures {
  readonly pairs: number
  /** Of the sentences marked as supported: those that are true. */
  readonly precision: number
  /** Of the true sentences: those marked as supported. */
  readonly recall: number
  readonly trueInPart: number
  readonly trueUnsupported: number
  readonly falseSupported: number
  readonly falseInPart: number
}

/** Judges both sentences of each pair, or of one half, against all texts of its group. */
export function judgePairs(
  groups: readonly SupportGroup[],
  judge: JudgeSupport,
  only?: Half,
): readonly JudgedPair[] {
  const weight = weightIn(groups.flatMap(({ texts }) => texts))
  return groups.flatMap(({ name, texts }) =>
    texts.flatMap(({ pairs }, own) =>
      pairs.flatMap(([kind, right, wrong], index): JudgedPair | [] => {
        const half = index % 2 === 0 ? 'tuning' : 'held-out'
        if (only !== undefined && half !== only) return []
        return {
          group: name,
          half,
          kind,
          sentences: [right, wrong],
          support: [judge(right, own, texts, weight), judge(wrong, own, texts, weight)],
        }
      }),
    ),
  )
}

export function supportFigures(pairs: readonly JudgedPair[]): SupportFigures {
  const count = (of: 0 | 1, support: Support): number =>
    pairs.filter((pair) => pair.support[of] === support).length
  const found = count(0, 'whole')
  return {
    pairs: pairs.length,
    precision: share(found, found + count(1, 'whole')),
    recall: share(found, pairs.length),
    trueInPart: share(count(0, 'part'), pairs.length),
    trueUnsupported: share(count(0, 'none'), pairs.length),
    falseSupported: share(count(1, 'whole'), pairs.length),
    falseInPart: share(count(1, 'part'), pairs.length),
  }
}

/** The figures of one half: of all its pairs, and of each kind of fault. */
export function figuresOfHalf(
  pairs: readonly JudgedPair[],
  half: Half,
): Readonly<Record<string, SupportFigures>> {
  const own = pairs.filter((pair) => pair.half === half)
  const kinds = [...new Set(own.map(({ kind }) => kind))].sort()
  return {
    all: supportFigures(own),
    ...Object.fromEntries(
      kinds.map((kind) => [kind, supportFigures(own.filter((pair) => pair.kind === kind))]),
    ),
  }
}

/** The rarity of a term among these texts, as in a library of them. */
function weightIn(texts: readonly SupportText[]): (term: string) => number {
  const counts = new Map<string, number>()
  for (const { text } of texts) {
    for (const term of new Set(terms(text))) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return (term) => idf(texts.length, counts.get(term) ?? 0)
}
