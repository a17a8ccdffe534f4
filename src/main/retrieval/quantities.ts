import {
  quantityWords,
  unitsOf,
  type Quantity,
} from '../../shared/domain/language/quantityWords.ts'
import { terms } from '../../shared/domain/language/terms.ts'

/** What a term that asks for a quantity can be answered with. */
export interface Answers {
  /** Terms of the other words for it: "price" for "cost". */
  readonly words: ReadonlySet<string>
  /** Whether an amount of it is in a text. */
  hasAmount(text: string): boolean
}

const known = new Map<string, ReadonlyMap<string, Answers>>()

/**
 * What answers a term of a question that asks for a quantity; null for any other term.
 *
 * @param language ISO 639-1, of the text that the term is compared with.
 */
export function answersTo(term: string, language: string): Answers | null {
  // Asked for every sentence of what was found.
  const answers = known.get(language) ?? answersIn(language)
  known.set(language, answers)
  return answers.get(term) ?? null
}

function answersIn(language: string): ReadonlyMap<string, Answers> {
  const quantities = quantitiesIn(language)
  return new Map(
    [...quantities].map(([term, asked]) => [term, answersFor(term, asked, quantities)]),
  )
}

function answersFor(
  term: string,
  asked: readonly Quantity[],
  quantities: ReadonlyMap<string, readonly Quantity[]>,
): Answers {
  const words = [...quantities].flatMap(([other, kinds]) =>
    other !== term && kinds.some((kind) => asked.includes(kind)) ? [other] : [],
  )
  return {
    words: new Set(words),
    hasAmount: (text) => asked.some((kind) => unitsOf[kind].test(text)),
  }
}

/** By term. A word such as "long" can be of two quantities. */
function quantitiesIn(language: string): ReadonlyMap<string, readonly Quantity[]> {
  const listed = Object.hasOwn(quantityWords, language) ? quantityWords[language] : undefined
  const made = new Map<string, readonly Quantity[]>()
  for (const [kind, words] of Object.entries(listed ?? {}) as [Quantity, string][]) {
    for (const term of terms(words, language)) made.set(term, [...(made.get(term) ?? []), kind])
  }
  return made
}
