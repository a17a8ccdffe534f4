import { breakInWords } from '../../shared/domain/breakInWords.ts'
import type { Answer, Citation, FollowedTemplate } from '../../shared/domain/conversation.ts'
import { citedPlace } from '../../shared/domain/documentPlace.ts'
import { oneLine } from '../../shared/domain/oneLine.ts'
import { supportInWords } from '../../shared/domain/supportInWords.ts'
import { indented } from './safeText.ts'

/** What `ask --json` prints. */
export function answerAsJson(answer: Answer): unknown {
  return {
    answer: answer.text,
    found: answer.kind !== 'not-found',
    kind: answer.kind,
    status: answer.status,
    cutOff: answer.cutOff,
    evidence: answer.evidence,
    sentences: answer.sentences.map(({ text, support, citations }) => ({
      text,
      supported: support === 'whole',
      support,
      citations: citations.map(citationAsJson),
    })),
    ...(answer.template?.kind === 'followed' ? templateAsJson(answer.template) : {}),
    timings: { firstTokenMs: answer.timings.firstTokenMs, totalMs: answer.timings.totalMs },
    sampling: answer.sampling,
    tokens: answer.tokens,
  }
}

function templateAsJson({ id, version, reply, check, fields }: FollowedTemplate): object {
  return {
    value: check?.value ?? null,
    template: {
      id,
      version,
      reply,
      ...(check === null ? {} : { parseable: check.parseable, inDomain: check.inDomain }),
      repairs: check?.repairs ?? [],
      problems: check?.problems ?? [],
      fields: fields.map(({ field, item, sentences }) => ({
        field,
        item,
        supported: sentences.every(({ support }) => support === 'whole'),
        citations: sentences.flatMap(({ citations }) => citations.map(citationAsJson)),
      })),
    },
  }
}

/** What `ask` prints: the answer, indented; what is wrong with it; and its citations. */
export function answerAsText(answer: Answer): string {
  const label = answer.kind === 'passages' ? ['Passages only: no model wrote this.', ''] : []
  const cited = answer.sentences.flatMap((sentence) => sentence.citations)
  const lines = cited.map((citation) =>
    oneLine(`[${citation.number}] ${citedPlace(citation)}: “${citation.quote}”`),
  )
  const template = answer.template?.kind === 'followed' ? answer.template : null
  const problems = template?.check?.problems.map(({ message }) => message) ?? []
  const broken = breakInWords(answer)
  return [
    ...label,
    ...(answer.text === '' ? [] : [indented(answer.text), '']),
    ...(broken === null ? [] : [broken]),
    ...problems,
    ...supportInWords(answer),
    ...new Set(lines),
  ].join('\n')
}

function citationAsJson({ document, name, page, place, start, end, quote }: Citation): unknown {
  return { document, name, page, place, start, end, quote }
}
