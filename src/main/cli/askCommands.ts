import { answerQuestion } from '../chat/answer.ts'
import { breakInWords } from '../../shared/domain/breakInWords.ts'
import type { Answer, Citation, FollowedTemplate } from '../../shared/domain/conversation.ts'
import { citedPlace, placeInWords } from '../../shared/domain/documentPlace.ts'
import { isPending } from '../../shared/domain/libraryDocument.ts'
import type { App } from '../app.ts'
import { findTemplate, type FoundTemplate } from './findTemplate.ts'
import type { Output } from './output.ts'

/** `search "query"`: what a question would find, best first. */
export async function searchCommand(
  app: App,
  query: string,
  top: number,
  output: Output,
): Promise<void> {
  tellUnread(app, output)
  const { passages } = await app.retrieval.search(query, {
    limit: top,
    isLive: app.library.isLive,
  })
  const rows = passages.map(({ content, page, heading, scores, text, start, end }) => {
    const row = app.library.documentOf(content)
    return {
      document: row?.id ?? content,
      name: row?.name ?? content,
      page,
      place: placeInWords(row?.format ?? null, page, heading),
      score: scores.fused,
      text,
      start,
      end,
    }
  })
  if (rows.length === 0) output.message('Nothing was found.')
  output.result(
    rows,
    rows
      .map((row) => `${row.score.toFixed(3)}  ${citedPlace(row)}\n${indent(row.text)}`)
      .join('\n\n'),
  )
}

/** An import that was cut off goes on when the app or `import` runs; what is left is not found yet. */
function tellUnread(app: App, output: Output): void {
  const left = app.library.list().documents.filter(({ state }) => isPending(state)).length
  if (left === 1) output.message('1 document is still to be read; import it again to finish.')
  if (left > 1)
    output.message(`${left} documents are still to be read; import them again to finish.`)
}

const allowMore = '--max-tokens allows a longer answer, up to half of the model’s context.'
const allowMoreInTemplate = 'The template says how long an answer may be.'

export interface AskChoice {
  /** Id of a template that the answer follows, or its file. */
  readonly template: string | null
  /** Of an answer without a template; null: 0. */
  readonly temperature: number | null
  /** Tokens of an answer without a template; null: as many as are usual. */
  readonly maxTokens: number | null
  /** null: the template's own, else a new one. */
  readonly seed: number | null
}

/** `ask "question"`: a grounded answer with its citations. @returns whether one was found. */
export async function askCommand(
  app: App,
  question: string,
  choice: AskChoice,
  output: Output,
  signal: AbortSignal,
): Promise<boolean> {
  tellUnread(app, output)
  const template =
    choice.template === null ? null : app.templates.ready(await findSaved(app, choice.template))
  const answer = await answerQuestion(
    app.answerDeps,
    {
      question,
      query: question,
      scope: { kind: 'all' },
      answering: null,
      history: [],
      ignoreThreshold: false,
      template,
      sampling: { temperature: choice.temperature ?? 0, maxTokens: choice.maxTokens },
      seed: choice.seed,
    },
    () => undefined,
    signal,
  )
  output.result(answerAsJson(answer), answerAsText(answer))
  if (answer.cutOff) output.message(template === null ? allowMore : allowMoreInTemplate)
  return answer.status === 'complete'
}

/** As in a conversation: what was saved last answers, whatever stands in the editor. */
async function findSaved(app: App, name: string): Promise<FoundTemplate> {
  const found = await findTemplate(app, name)
  const known = app.templates.store.list().find(({ id }) => id === name)
  if (known === undefined || known.version === 0) return found
  const { version } = known
  return { ...found, version, template: await app.templates.store.getVersion(name, version) }
}

function answerAsJson(answer: Answer): unknown {
  return {
    answer: answer.text,
    found: answer.kind !== 'not-found',
    kind: answer.kind,
    status: answer.status,
    cutOff: answer.cutOff,
    evidence: answer.evidence,
    sentences: answer.sentences.map(({ text, supported, citations }) => ({
      text,
      supported,
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
        supported: sentences.every(({ supported }) => supported),
        citations: sentences.flatMap(({ citations }) => citations.map(citationAsJson)),
      })),
    },
  }
}

function answerAsText(answer: Answer): string {
  const label = answer.kind === 'passages' ? 'Passages only: no model wrote this.\n\n' : ''
  const cited = answer.sentences.flatMap((sentence) => sentence.citations)
  const lines = cited.map(
    (citation) => `[${citation.number}] ${citedPlace(citation)}: “${oneLine(citation.quote)}”`,
  )
  const template = answer.template?.kind === 'followed' ? answer.template : null
  const problems = template?.check?.problems.map(({ message }) => message) ?? []
  const broken = breakInWords(answer)
  return [
    label + answer.text,
    ...(broken === null ? [] : [broken]),
    ...problems,
    ...new Set(lines),
  ].join('\n')
}

function citationAsJson({ document, name, page, place, start, end, quote }: Citation): unknown {
  return { document, name, page, place, start, end, quote }
}

function indent(text: string): string {
  return text.replace(/^/gmu, '    ')
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
