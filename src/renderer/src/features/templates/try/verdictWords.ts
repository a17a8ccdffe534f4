import type { ReplyCheck, ReplyScore } from '../../../../../shared/domain/template/replyCheck.ts'

export type VerdictShape = 'yes' | 'almost' | 'no' | 'unknown'

/** One of the three judgements in words, with its shape. */
export interface VerdictWords {
  readonly shape: VerdictShape
  readonly words: string
  /** The technical term. */
  readonly term: string
}

/** The three judgements, which are independent: valid syntax, fields as defined, right answer. */
export function verdictWords(
  check: ReplyCheck,
  score: ReplyScore | null,
): readonly [VerdictWords, VerdictWords, VerdictWords] {
  return [formatWords(check), domainWords(check), correctWords(score)]
}

function formatWords({ parseable, repairs }: ReplyCheck): VerdictWords {
  const term = 'Parseable: it can be read as the format’s kind of value'
  if (!parseable) return { shape: 'no', words: 'Not valid', term }
  return repairs.length === 0
    ? { shape: 'yes', words: 'Valid format', term }
    : { shape: 'almost', words: 'Valid after repair', term }
}

function domainWords({ parseable, inDomain }: ReplyCheck): VerdictWords {
  const term = 'In the domain: its fields, types and labels are those of the format'
  if (!parseable) return { shape: 'unknown', words: 'Fields unknown', term }
  return inDomain
    ? { shape: 'yes', words: 'Fields as defined', term }
    : { shape: 'no', words: 'Outside the format', term }
}

function correctWords(score: ReplyScore | null): VerdictWords {
  const term = 'Correct: the same as what is expected'
  if (score === null) return { shape: 'unknown', words: 'Not checked', term }
  if (score.exactMatch) return { shape: 'yes', words: 'Right', term }
  const fields = Object.values(score.fields)
  const right = fields.filter(({ correct }) => correct).length
  return fields.length > 1 && right > 0
    ? { shape: 'no', words: `${String(right)} of ${String(fields.length)} fields right`, term }
    : { shape: 'no', words: 'Wrong', term }
}
