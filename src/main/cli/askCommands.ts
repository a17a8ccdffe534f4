import { answerQuestion } from '../chat/answer.ts'
import type { Answer } from '../../shared/domain/conversation.ts'
import type { App } from '../app.ts'
import type { Output } from './output.ts'

/** `search "query"`: what a question would find, best first. */
export async function searchCommand(
  app: App,
  query: string,
  top: number,
  output: Output,
): Promise<void> {
  const { passages } = await app.retrieval.search(query, {
    limit: top,
    isLive: app.library.isLive,
  })
  const rows = passages.map(({ content, page, scores, text, start, end }) => {
    const row = app.library.documentOf(content)
    return {
      document: row?.id ?? content,
      name: row?.name ?? content,
      page,
      score: scores.fused,
      text,
      start,
      end,
    }
  })
  output.result(
    rows,
    rows
      .map((row) => `${row.score.toFixed(3)}  ${row.name}, page ${row.page}\n${indent(row.text)}`)
      .join('\n\n'),
  )
}

/** `ask "question"`: a grounded answer with its citations. @returns whether one was found. */
export async function askCommand(
  app: App,
  question: string,
  output: Output,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await answerQuestion(
    app.answering,
    {
      question,
      query: question,
      scope: { kind: 'all' },
      answering: null,
      history: [],
      ignoreThreshold: false,
    },
    () => undefined,
    signal,
  )
  output.result(answerAsJson(answer), answerAsText(answer))
  return answer.status === 'complete'
}

function answerAsJson(answer: Answer): unknown {
  return {
    answer: answer.text,
    found: answer.kind !== 'not-found',
    kind: answer.kind,
    evidence: answer.evidence,
    sentences: answer.sentences.map(({ text, supported, citations }) => ({
      text,
      supported,
      citations: citations.map(({ document, name, page, start, end, quote }) => ({
        document,
        name,
        page,
        start,
        end,
        quote,
      })),
    })),
    timings: { firstTokenMs: answer.timings.firstTokenMs, totalMs: answer.timings.totalMs },
    tokens: answer.tokens,
  }
}

function answerAsText(answer: Answer): string {
  const label = answer.kind === 'passages' ? 'Passages only: no model wrote this.\n\n' : ''
  const cited = answer.sentences.flatMap((sentence) => sentence.citations)
  const lines = cited.map(
    ({ number, name, page, quote }) => `[${number}] ${name}, page ${page}: “${oneLine(quote)}”`,
  )
  return [label + answer.text, ...new Set(lines)].join('\n')
}

function indent(text: string): string {
  return text.replace(/^/gmu, '    ')
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
