import { usualLanguage } from '../../shared/domain/language/terms.ts'
import { questionWords, type QuestionWords } from './questionWords.ts'

/**
 * Recognises what kind of answer a question asks for and returns a test for it: whether a sentence
 * has something of that kind that the question does not have itself. (Answer typing is as old as
 * question answering: Li and Roth 2002.)
 */
export function readQuestion(
  question: string,
  language: string = usualLanguage,
): (sentence: string) => boolean {
  const lower = question.toLowerCase()
  const asked = new Set(lower.match(token) ?? [])
  const kinds = cuesOf(language).filter((cue) => cue.asks.test(lower))
  return (sentence) => kinds.some((kind) => kind.answers(sentence, asked))
}

interface Cue {
  readonly asks: RegExp
  answers(sentence: string, asked: ReadonlySet<string>): boolean
}

const token = /[\p{L}\p{N}]+/gu
const numberWord =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|half|dozen|once|twice)\b/iu
const date =
  /\b(?:1\d{3}|20\d{2})s?\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b|\bcentur(?:y|ies)\b|\bB\.?C\.?\b/u

const englishCues: readonly Cue[] = [
  {
    asks: /\bhow (?:many|much|long|old|far|often|tall|high|large|big|fast|deep|wide)\b|\b(?:what|which) (?:(?:is|are|was|were) the )?(?:percent|percentage|number|share|proportion|age|size|amount|price|cost|fee|sum|total)\b/u,
    answers: (sentence, asked) =>
      numberWord.test(sentence) || newWords(sentence, asked, /^\p{N}/u, false),
  },
  {
    asks: /\bwhen\b|\b(?:what|which) (?:year|date|day|month|time|century|decade|period)\b/u,
    answers: (sentence) => date.test(sentence),
  },
  {
    asks: /\bwho(?:se|m)?\b|\bwhere\b|\b(?:what|which) (?:city|country|state|town|place|location|region|continent|person|company|team|university)\b/u,
    answers: (sentence, asked) => newWords(sentence, asked, /^\p{Lu}/u, true),
  },
]

/** Whether a sentence has a word of this shape that the question has not; its first word may be capital anyway. */
function newWords(
  sentence: string,
  asked: ReadonlySet<string>,
  shape: RegExp,
  skipFirst: boolean,
): boolean {
  const words = sentence.match(token) ?? []
  return words.some(
    (word, index) =>
      (index > 0 || !skipFirst) && shape.test(word) && !asked.has(word.toLowerCase()),
  )
}

const year = /(?<!\p{N})(?:1\d{3}|20\d{2})(?!\p{N})/u
const monthsOf = new Map<string, readonly string[]>()

/** Names of months as the system knows them: in the form for a date, and alone. */
function months(language: string): readonly string[] {
  const known = monthsOf.get(language)
  if (known !== undefined) return known
  const styles: readonly Intl.DateTimeFormatOptions[] = [
    { month: 'long' },
    { month: 'long', day: 'numeric' },
  ]
  const names = styles.flatMap((style) => {
    const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, month) => {
      const parts = format.formatToParts(Date.UTC(2001, month, 15))
      return parts.find(({ type }) => type === 'month')?.value.toLowerCase() ?? ''
    })
  })
  const made = [...new Set(names)].filter((name) => /^\p{L}{3,}$/u.test(name))
  monthsOf.set(language, made)
  return made
}

const known = new Map<string, readonly Cue[]>([[usualLanguage, englishCues]])

function cuesOf(language: string): readonly Cue[] {
  const before = known.get(language)
  if (before !== undefined) return before
  const words = Object.hasOwn(questionWords, language) ? questionWords[language] : undefined
  const made = words === undefined ? [] : cuesFrom(words, language)
  known.set(language, made)
  return made
}

function cuesFrom(words: QuestionWords, language: string): readonly Cue[] {
  const { isSpaced } = words
  const asks = (pattern: string): RegExp =>
    new RegExp(isSpaced ? `(?<!\\p{L})(?:${pattern})(?!\\p{L})` : pattern, 'u')
  const dated = (sentence: string): boolean => {
    const lower = sentence.toLowerCase()
    return year.test(sentence) || months(language).some((month) => lower.includes(month))
  }
  const named: Cue = {
    asks: asks(words.name),
    answers: (sentence, asked) => newWords(sentence, asked, /^\p{Lu}/u, true),
  }
  return [
    {
      asks: asks(words.number),
      answers: (sentence, asked) => newWords(sentence, asked, /^\p{N}/u, false),
    },
    { asks: asks(words.time), answers: dated },
    ...(words.hasCapitalNames ? [named] : []),
  ]
}
