import { assertNever } from '../../errors.ts'
import { longest } from '../limits.ts'
import { cutAt, shortened } from '../shortened.ts'
import { checkObject } from './checkObject.ts'
import { described } from './checkValue.ts'
import { findObject, type FoundObject } from './findObject.ts'
import { labelWords, spelledLabel } from './labels.ts'
import { labelsInProse } from './labelsInProse.ts'
import type { OutputFormat, OutputValue } from './outputFormat.ts'
import {
  repairs as allRepairs,
  type Repair,
  type ReplyCheck,
  type ReplyProblem,
} from './replyCheck.ts'
import { splitThoughts } from './splitThoughts.ts'

type JsonFormat = Extract<OutputFormat, { kind: 'json' }>

const fenced = /^```(?:[\w-]*\n)?([\s\S]*)```$/u

/**
 * Judges a reply by the format alone: can it be read, and are its fields, types and labels those of
 * the format? What is forgiven is named in `repairs`. White space around a reply is not an error:
 * models put a space before their first word.
 *
 * Never throws, whatever the reply.
 */
export function checkReply(format: OutputFormat, reply: string): ReplyCheck {
  const { answer, start, isUnfinished } = splitThoughts(reply)
  if (isUnfinished) {
    const message = 'The reply ends within its thoughts. Allow it more tokens.'
    return unreadable(problem('cut-off', message, wholeOf(reply)))
  }
  const check = checkAnswer(format, answer)
  if (start === 0) return check
  return {
    ...check,
    repairs: allRepairs.filter((one) => one === 'thoughts' || check.repairs.includes(one)),
    problems: check.problems.map((one) => ({ ...one, range: moved(one.range, start) })),
  }
}

function moved(range: ReplyProblem['range'], by: number): ReplyProblem['range'] {
  return range === null ? null : { start: range.start + by, end: range.end + by }
}

function checkAnswer(format: OutputFormat, reply: string): ReplyCheck {
  if (reply.trim() === '') return unreadable(problem('empty', 'The reply is empty.', null))
  switch (format.kind) {
    case 'text':
      return readable(reply.trim(), [])
    case 'label':
      return checkLabelReply(format.labels, reply)
    case 'json':
      return checkJsonReply(format, findObject(reply), reply)
    default:
      return assertNever(format)
  }
}

function checkLabelReply(labels: readonly string[], reply: string): ReplyCheck {
  const trimmed = reply.trim()
  if (labels.includes(trimmed)) return readable(trimmed, [])
  const unfenced = fenced.exec(trimmed)?.[1]?.trim()
  const text = unfenced ?? trimmed
  const fence: Repair[] = unfenced === undefined ? [] : ['code-fence']
  if (labels.includes(text)) return readable(text, fence)
  const spelled = spelledLabel(labels, text)
  if (spelled !== null) return readable(spelled, [...fence, 'label-spelling'])
  const within = labelsInProse(labels, text)
  const stated = within.filter(({ isStated }) => isStated).map(({ label }) => label)
  const [only] = stated
  if (only !== undefined && stated.length === 1) {
    return readable(only, [...fence, 'surrounding-text'])
  }
  const message =
    stated.length > 1
      ? `The reply names several labels: ${labelWords(stated)}.`
      : within.length > 0
        ? `The reply mentions ${labelWords(within.map(({ label }) => label))}, but not as its answer.`
        : `“${shortened(text)}” is none of the labels: ${labelWords(labels)}.`
  return {
    ...unreadable(problem('unknown-label', message, wholeOf(reply))),
    parseable: within.length === 0 && looksLikeLabel(labels, text),
    repairs: fence,
  }
}

/** Whether a text could be a label, only none of these: prose about the input is not even that. */
function looksLikeLabel(labels: readonly string[], text: string): boolean {
  if (text.length > longest.label || text.includes('\n')) return false
  const words = (one: string): number => one.trim().split(/\s+/u).length
  return words(text) <= Math.max(1, ...labels.map(words))
}

function checkJsonReply(format: JsonFormat, found: FoundObject, reply: string): ReplyCheck {
  switch (found.kind) {
    case 'object':
      return checkFields(format, found)
    case 'other': {
      const message = `The reply should be an object in { } and is ${described(found.node)}.`
      return unreadable(problem('not-an-object', message, wholeOf(reply)))
    }
    case 'none':
      return unreadable(notJson(found, reply))
    default:
      return assertNever(found)
  }
}

function notJson({ reading }: Extract<FoundObject, { kind: 'none' }>, reply: string): ReplyProblem {
  if (reading === null) {
    return problem('not-json', 'The reply holds no { with which JSON begins.', wholeOf(reply))
  }
  if (reading.cutOff) {
    const message = `The reply breaks off: ${reading.wanted} is missing. Allow it more tokens.`
    return problem('cut-off', message, { start: reading.at, end: reply.length })
  }
  const start = reading.at
  const found = cutAt(reply.slice(start), 20)
  const message = `The reply is not JSON: ${reading.wanted} should stand where “${found}” stands.`
  return problem('not-json', message, { start, end: Math.min(start + 1, reply.length) })
}

function checkFields(
  { fields }: JsonFormat,
  { node, repairs: read }: Extract<FoundObject, { kind: 'object' }>,
): ReplyCheck {
  const { value, problems, repairs } = checkObject(fields, node)
  const inDomain = problems.length === 0
  const all = new Set([...read, ...repairs])
  return {
    parseable: true,
    inDomain,
    value: inDomain ? value : null,
    partial: inDomain ? null : value,
    repairs: allRepairs.filter((one) => all.has(one)),
    problems,
  }
}

function readable(value: OutputValue, repairs: readonly Repair[]): ReplyCheck {
  return { parseable: true, inDomain: true, value, partial: null, repairs, problems: [] }
}

function unreadable(why: ReplyProblem): ReplyCheck {
  return {
    parseable: false,
    inDomain: false,
    value: null,
    partial: null,
    repairs: [],
    problems: [why],
  }
}

function problem(
  code: ReplyProblem['code'],
  message: string,
  range: ReplyProblem['range'],
): ReplyProblem {
  return { code, field: null, message, range }
}

function wholeOf(reply: string): { start: number; end: number } {
  const start = reply.length - reply.trimStart().length
  return { start, end: reply.trimEnd().length }
}
