import { answerField } from './judgedFields.ts'
import type { ReplyScore } from './replyCheck.ts'

/** Why a field is right or wrong; the one field of an answer without fields isn't named. */
export interface JudgementReason {
  readonly field: string
  readonly correct: boolean
  readonly sentence: string
}

/** By which rules an answer is right or wrong, a sentence a field; empty for results of earlier versions. */
export function judgementReasons(score: ReplyScore | null): readonly JudgementReason[] {
  const fields = Object.entries(score?.fields ?? {})
  return fields.flatMap(([field, { correct, why }]) => {
    if (why === undefined) return []
    const isWhole = fields.length === 1 && field === answerField
    return [{ field, correct, sentence: isWhole ? why : `${field}: ${why}` }]
  })
}
