import { passagesInWords } from '../../shared/domain/passagesInWords.ts'
import { breakInWords } from '../../shared/domain/breakInWords.ts'
import type { Answer, Citation, FollowedTemplate } from '../../shared/domain/conversation.ts'
import { citedPlace } from '../../shared/domain/documentPlace.ts'
import { oneLine } from '../../shared/domain/oneLine.ts'
import { supportInWords } from '../../shared/domain/supportInWords.ts'
import type { DocumentOf } from '../retrieval/titledPassages.ts'
import { pageAsJson } from './pageAsJson.ts'
import { indented } from './safeText.ts'
import { problemInWords } from '../../shared/domain/template/replyPlace.ts'

/** What `ask --json` prints. */
export function answerAsJson(answer: Answer, documentOf: DocumentOf): unknown {
  const asJson = (citation: Citation): unknown => citationAsJson(citation, documentOf)
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
      citations: citations.map(asJson),
    })),
    ...(answer.template?.kind === 'followed' ? templateAsJson(answer.template, asJson) : {}),
    timings: { firstTokenMs: answer.timings.firstTokenMs, totalMs: answer.timings.totalMs },
    sampling: answer.sampling,
    tokens: answer.tokens,
  }
}

function templateAsJson(
  { id, version, reply, check, fields }: FollowedTemplate,
  asJson: (citation: Citation) => unknown,
): object {
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
        citations: sentences.flatMap(({ citations }) => citations.map(asJson)),
      })),
    },
  }
}

/** What `ask` prints: the answer, indented; what is wrong with it; and its citations. */
export function answerAsText(answer: Answer): string {
  const label = answer.kind === 'passages' ? [`Passages only. ${passagesInWords(answer)}`, ''] : []
  const cited = answer.sentences.flatMap((sentence) => sentence.citations)
  const lines = cited.map((citation) =>
    oneLine(`[${citation.number}] ${citedPlace(citation)}: “${citation.quote}”`),
  )
  const template = answer.template?.kind === 'followed' ? answer.template : null
  const problems = template?.check?.problems.map(problemInWords) ?? []
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

function citationAsJson(citation: Citation, documentOf: DocumentOf): unknown {
  const { document, name, contentId, page, place, start, end, quote } = citation
  return { document, name, ...pageAsJson(documentOf(contentId), page), place, start, end, quote }
}
