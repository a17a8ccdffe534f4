import { isStopWord, terms } from '../../shared/domain/language/terms.ts'

/** The part of an earlier turn that is used to complete the next question. */
export interface EarlierTurn {
  /** The query that was searched for. */
  readonly query: string
  readonly answer: string
}

const opening = /^(?:and|but|so|also|then|or|ok(?:ay)?|well)\b[\s,]*/iu
const aboutOpening = /^(?:what|how)\s+about\s+|^(?:the\s+)?same\s+for\s+/iu
const pronoun =
  /\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|one|ones|same|former|latter)\b/iu
/** Pronouns that introduce a clause or a place rather than refer back: "that is", "there are". */
const harmless =
  /\b(?:is|are|was|were)\s+(?:it|there|this|that)\b(?=\s+(?:true|possible|a|an|any)\b)|\bthere\s+(?:is|are|was|were)\b|\b(?:is|are|was|were)\s+there\b|\b(?:this|these|that)\s+(?:year|month|week|document|file|text|report)\b|\bone\s+(?:of|day|year|month|hour|week)\b/giu
const year = /\b(?:1[5-9]|20)\d{2}\b/u
const number = /\b\d+(?:[.,]\d+)*\b/u
const verb =
  /\b(?:is|are|was|were|be|been|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)\b/iu

/**
 * Completes a question that isn't self-contained ("and in 2021?", "how old is he?") from the
 * previous turn, by rules and without a model: a fragment replaces its counterpart in the earlier
 * question; to other questions the earlier question's content words are added.
 *
 * @returns what to search for, or null if the question is self-contained.
 */
export function completeQuestion(question: string, earlier: readonly EarlierTurn[]): string | null {
  const last = earlier.at(-1)
  if (last === undefined) return null
  const trimmed = question.trim()
  const core = trimmed.replace(opening, '').replace(aboutOpening, '')
  const isFragment = core.length > 0 && !verb.test(core) && contentWords(core).length <= 4
  const wasOpened = core !== trimmed
  const refersBack = pronoun.test(core.replaceAll(harmless, ' '))
  const isBare = contentWords(core).length === 0
  if (!refersBack && !isBare && !(wasOpened && (isFragment || contentWords(core).length <= 2))) {
    // A fragment without an opening is a keyword search, which is self-contained.
    return null
  }
  if (isFragment && !refersBack) {
    const replaced = replaceLike(last.query, core)
    if (replaced !== null) return replaced
  }
  return joinContext(core, last, refersBack)
}

/** "and in 2021?" after "… in 2020?": the new year, number or phrase takes the place of the old. */
function replaceLike(query: string, fragment: string): string | null {
  const bare = fragment.replace(/[?.!\s]+$/u, '')
  for (const kind of [year, number]) {
    const fresh = kind.exec(bare)?.[0]
    const old = kind.exec(query)?.[0]
    if (fresh !== undefined && old !== undefined && contentWords(bare).length === 1) {
      return query.replace(old, fresh)
    }
  }
  const phrase = /^(in|on|at|for|of|from|to|by|with|under|during)\s+(.+)$/iu.exec(bare)
  if (phrase?.[1] === undefined || phrase[2] === undefined) return null
  const same = new RegExp(
    `\\b${phrase[1]}\\s+(?:the\\s+|a\\s+|an\\s+)?[^\\s?.,]+(?=[?.!\\s]*$)`,
    'iu',
  )
  return same.test(query) ? query.replace(same, `${phrase[1]} ${phrase[2]}`) : null
}

function joinContext(core: string, last: EarlierTurn, refersBack: boolean): string {
  const known = new Set(terms(core))
  const context = contentWords(last.query)
  if (refersBack) context.push(...names(last.answer))
  const added: string[] = []
  for (const word of context) {
    const fresh = terms(word).filter((term) => !known.has(term))
    if (fresh.length === 0) continue
    for (const term of fresh) known.add(term)
    added.push(word)
  }
  const bare = core.replace(/[?.!\s]+$/u, '')
  return added.length === 0 ? core : `${bare}: ${added.join(' ')}`
}

function contentWords(text: string): string[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}’'.,-]*/gu)]
    .map(([word]) => word.replace(/[’'.,-]+$/u, ''))
    .filter(
      (word) =>
        word.length > 1 && !isStopWord(word.toLowerCase()) && !asking.has(word.toLowerCase()),
    )
}

/** Question words without content. */
const asking = new Set(
  'what which who whom whose when where why how many much long often tell explain describe does please'.split(
    ' ',
  ),
)

/** Capitalised words inside sentences, at most four: the likeliest antecedents of a pronoun. */
function names(answer: string): string[] {
  const found = [
    ...answer.matchAll(/(?<=[\p{Ll},;]\s)\p{Lu}[\p{L}\p{N}-]+(?:\s\p{Lu}[\p{L}\p{N}-]+)*/gu),
  ]
  return [...new Set(found.map(([name]) => name))].slice(0, 4)
}
