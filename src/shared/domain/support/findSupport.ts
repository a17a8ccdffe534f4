import type { Support } from '../conversation.ts'
import { contentTerms, terms, type TermWeight } from '../language/terms.ts'
import type { TextRange } from '../page.ts'
import {
  findBestSpan,
  readText,
  type ReadText,
  type Span,
  type SupportingText,
} from './bestSpan.ts'
import { readStatement } from './readStatement.ts'

/** A numbered source that may support a sentence. */
export interface NumberedText extends SupportingText {
  readonly number: number
}

export interface Supported<T> {
  readonly support: Support
  /** What supports it; empty if nothing does, or if the sentence claims nothing. */
  readonly places: readonly { readonly source: T; readonly range: TextRange }[]
}

/** The share of a claim that a source must contain if the sentence does not cite it. */
const volunteeredFrom = 0.65

/**
 * Checks whether sources support a sentence, and where.
 *
 * @param cited numbers of the sources that the sentence names: they are looked at first.
 */
export function findSupport<T extends NumberedText>(
  sentence: string,
  cited: readonly number[],
  sources: readonly T[],
  weight: TermWeight,
): Supported<T> {
  if (!makesClaim(sentence)) return { support: 'whole', places: [] }
  const claim = readStatement(sentence)
  const found = sources.flatMap((source): Found<T>[] => {
    const span = findBestSpan(claim, readOnce(source), weight)
    return span === null || span.support === 'none' ? [] : [{ source, span }]
  })
  const isCited = ({ source }: Found<T>): boolean => cited.includes(source.number)
  const named = found.filter(isCited)
  const volunteered = found
    .filter((one) => !isCited(one) && one.span.score >= volunteeredFrom)
    .sort((a, b) => b.span.score - a.span.score)
  for (const support of ['whole', 'part'] as const) {
    const isSo = ({ span }: Found<T>): boolean => span.support === support
    const best = named.some(isSo) ? named.filter(isSo) : volunteered.filter(isSo).slice(0, 1)
    if (best.length > 0) {
      return { support, places: best.map(({ source, span }) => ({ source, range: span.range })) }
    }
  }
  return { support: 'none', places: [] }
}

interface Found<T> {
  readonly source: T
  readonly span: Span
}

/** A reply of fields is compared field by field with the same sources. */
const readBefore = new WeakMap<NumberedText, ReadText>()

/** A source as it is compared with claims. */
export function readOnce(source: NumberedText): ReadText {
  const known = readBefore.get(source)
  if (known !== undefined) return known
  const read = readText(source)
  readBefore.set(source, read)
  return read
}

/**
 * Whether a sentence makes a claim that could be checked. A bare yes or no is covered by the next
 * sentence.
 */
export function makesClaim(sentence: string): boolean {
  return contentTerms(sentence).some((term) => term !== yes)
}

const [yes] = terms('yes')
