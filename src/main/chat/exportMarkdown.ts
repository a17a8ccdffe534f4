import type { Citation, Conversation, Turn } from '../../shared/domain/conversation.ts'
import { citedPlace } from '../../shared/domain/documentPlace.ts'

/** A conversation as Markdown: questions as headings, answers, and the quoted words beneath. */
export function exportMarkdown(conversation: Conversation): string {
  const parts = [`# ${conversation.title}`, ...conversation.turns.map(turnAsMarkdown)]
  return `${parts.join('\n\n')}\n`
}

/** A file name for it, safe on every system. */
export function exportName(conversation: Conversation): string {
  const words = conversation.title.replace(/[^\p{L}\p{N} -]/gu, '').trim()
  return `${words === '' ? 'conversation' : words.slice(0, 60).trim()}.md`
}

function turnAsMarkdown({ question, answer }: Turn): string {
  const parts = [`## ${question.replace(/\s+/gu, ' ').trim()}`]
  if (answer === null) return [...parts, '*Not answered.*'].join('\n\n')
  if (answer.kind === 'ungrounded') parts.push('*Not from your documents.*')
  if (answer.kind === 'passages') parts.push('*Passages only: no model wrote this.*')
  if (answer.text !== '') parts.push(answer.text)
  if (answer.status === 'stopped') parts.push('*Stopped here.*')
  if (answer.error !== null) parts.push(`*${answer.error.message}*`)
  const cited = answer.sentences.flatMap((sentence) => sentence.citations)
  if (cited.length > 0) parts.push(distinct(cited).map(citationLine).join('\n'))
  return parts.join('\n\n')
}

function citationLine(citation: Citation): string {
  const quote = citation.quote.replace(/\s+/gu, ' ').trim()
  return `- [${citation.number}] ${citedPlace(citation)}: “${quote}”`
}

function distinct(citations: readonly Citation[]): Citation[] {
  const seen = new Map<string, Citation>()
  for (const one of citations) {
    const key = `${String(one.number)}:${String(one.start)}:${String(one.end)}`
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()].sort((a, b) => a.number - b.number)
}
