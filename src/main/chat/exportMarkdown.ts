import { cutAt } from '../../shared/domain/shortened.ts'
import { passagesInWords } from '../../shared/domain/passagesInWords.ts'
import { breakInWords } from '../../shared/domain/breakInWords.ts'
import type {
  Answer,
  Citation,
  Conversation,
  TemplateAnswer,
  Turn,
} from '../../shared/domain/conversation.ts'
import { citedPlace } from '../../shared/domain/documentPlace.ts'
import { supportInWords } from '../../shared/domain/supportInWords.ts'
import { isMarkdown } from '../../shared/domain/answerForm.ts'
import { answerAsMarkdown, lineAsMarkdown, textAsMarkdown } from './markdownText.ts'
import { problemInWords } from '../../shared/domain/template/replyPlace.ts'

/**
 * A conversation as Markdown: questions as headings, each with its answer and the quoted words of
 * its citations. Rendered by any program it shows the same letters as the window. Answers are
 * quotations, so that nothing in them can pass for a heading, a label or a citation of Penknife.
 */
export function exportMarkdown(conversation: Conversation): string {
  const parts = [
    `# ${lineAsMarkdown(conversation.title)}`,
    ...conversation.turns.map(turnAsMarkdown),
  ]
  return `${parts.join('\n\n')}\n`
}

/** A file name for it, safe on every system. */
export function exportName(conversation: Conversation): string {
  const words = conversation.title.replace(/[^\p{L}\p{N} -]/gu, '').trim()
  return `${words === '' ? 'conversation' : cutAt(words, 60).trim()}.md`
}

function turnAsMarkdown({ question, answer }: Turn): string {
  const parts = [`## ${lineAsMarkdown(question)}`]
  if (answer === null) return [...parts, '*Not answered.*'].join('\n\n')
  if (answer.kind === 'ungrounded') parts.push('*Not from your documents.*')
  if (answer.kind === 'passages') parts.push(`*Passages only. ${passagesInWords(answer)}*`)
  if (answer.template !== null) parts.push(templateLine(answer.template))
  if (answer.text !== '') parts.push(asQuotation(textOf(answer)))
  parts.push(...formProblems(answer))
  const broken = breakInWords(answer)
  if (broken !== null) parts.push(`*${broken}*`)
  if (answer.error !== null) parts.push(`*${lineAsMarkdown(answer.error.message)}*`)
  parts.push(...supportInWords(answer).map((line) => `*${lineAsMarkdown(line)}*`))
  const cited = answer.sentences.flatMap((sentence) => sentence.citations)
  if (cited.length > 0) parts.push(distinct(cited).map(citationLine).join('\n'))
  return parts.join('\n\n')
}

function templateLine(template: TemplateAnswer): string {
  if (template.kind === 'missing') return '*The template had been deleted; this follows none.*'
  const { name, version } = template
  return `*Template: ${lineAsMarkdown(name)}${version === null ? '' : `, version ${String(version)}`}.*`
}

function textOf(answer: Answer): string {
  if (isInFields(answer)) return fenced(answer.text)
  return isMarkdown(answer) ? answerAsMarkdown(answer.text) : textAsMarkdown(answer.text)
}

function asQuotation(markdown: string): string {
  return markdown.replace(/^.*$/gmu, (line) => (line === '' ? '>' : `> ${line}`))
}

/** Whether the text is a model's reply in fields, verbatim. */
function isInFields({ text, template }: Answer): boolean {
  const inFields = template?.kind === 'followed' && template.format.kind === 'json'
  return inFields && template.reply.trim() === text
}

/** A code block whose fence is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}json\n${text}\n${fence}`
}

function formProblems({ template }: Answer): readonly string[] {
  if (template?.kind !== 'followed' || template.check === null) return []
  return template.check.problems.map((problem) => `*${lineAsMarkdown(problemInWords(problem))}*`)
}

function citationLine(citation: Citation): string {
  const place = lineAsMarkdown(citedPlace(citation))
  return `- [${citation.number}] ${place}: “${lineAsMarkdown(citation.quote)}”`
}

function distinct(citations: readonly Citation[]): Citation[] {
  const seen = new Map<string, Citation>()
  for (const one of citations) {
    const key = `${String(one.number)}:${String(one.start)}:${String(one.end)}`
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()].sort((a, b) => a.number - b.number)
}
