import { checkReply } from '../../../shared/domain/template/checkReply.ts'
import { readExpected } from '../../../shared/domain/template/expected.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import type { ReplyCheck, ReplyScore } from '../../../shared/domain/template/replyCheck.ts'
import { scoreReply } from '../../../shared/domain/template/scoreReply.ts'
import type { RawExpected } from '../../../shared/domain/template/rawExpected.ts'

/**
 * The three judgements of a reply.
 *
 * @returns no score if nothing is expected or the expected answer doesn't fit the format.
 */
export function judgeReply(
  format: OutputFormat,
  reply: string,
  raw: RawExpected | null,
): { readonly check: ReplyCheck; readonly score: ReplyScore | null } {
  const check = checkReply(format, reply)
  const expected = raw === null ? null : readExpected(format, raw).expected
  return { check, score: expected === null ? null : scoreReply(format, check, expected) }
}
