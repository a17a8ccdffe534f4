import type { ReplyProblem } from './replyCheck.ts'
import { problemInWords } from './replyPlace.ts'

/** A stretch of a reply, and what is wrong with it. */
export interface ReplySpan {
  readonly text: string
  readonly problem: string | null
}

/** Splits a reply at the ranges of its problems. Where two overlap, the first one wins. */
export function replySpans(reply: string, problems: readonly ReplyProblem[]): readonly ReplySpan[] {
  const ranges = problems
    .flatMap((one) => (one.range === null ? [] : [{ ...one.range, message: problemInWords(one) }]))
    .filter(({ start, end }) => end > start)
    .sort((left, right) => left.start - right.start)
  const spans: ReplySpan[] = []
  let at = 0
  for (const { start, end, message } of ranges) {
    if (start < at) continue
    if (start > at) spans.push({ text: reply.slice(at, start), problem: null })
    spans.push({ text: reply.slice(start, end), problem: message })
    at = end
  }
  if (at < reply.length) spans.push({ text: reply.slice(at), problem: null })
  return spans
}
