import { checkReply } from '../../../shared/domain/template/checkReply.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import type { ReplyCheck } from '../../../shared/domain/template/replyCheck.ts'
import {
  scoreRow,
  type JudgedRow,
  type RowScore,
} from '../../../shared/domain/template/scoreRow.ts'

/** The three judgements of a reply, and what couldn't be judged. */
export function judgeReply(
  format: OutputFormat,
  reply: string,
  row: JudgedRow,
): { readonly check: ReplyCheck } & RowScore {
  const check = checkReply(format, reply)
  return { check, ...scoreRow(format, check, row) }
}
