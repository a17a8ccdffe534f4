import { answerEnds } from './answerEnds.ts'
import { checkReply } from './checkReply.ts'
import { placeholders } from './placeholders.ts'
import { problemInWords } from './replyPlace.ts'
import { rowText, type Example } from './template.ts'
import type { TemplateProblem, TemplateText } from './templateProblem.ts'

/**
 * What is wrong with examples: outputs that are not in the format, inputs that are empty, examples
 * that are duplicates or contradict one another. Those that are off count too; they may be turned
 * on.
 */
export function exampleProblems(template: TemplateText): TemplateProblem[] {
  const first = new Map<string, { one: Example; index: number }>()
  // Without a placeholder all inputs are the same text; that is said of the text, not of each.
  const comparable = placeholders(template.input).length > 0
  return template.examples.flatMap((one, index) => {
    const messages = outputProblems(template, one)
    if (comparable) {
      messages.push(...inputProblems(template, one))
      const key = sameText(rowText(template, one.values))
      const before = first.get(key)
      if (before === undefined) first.set(key, { one, index })
      else messages.push(repeated(before.one, one, before.index))
    }
    return messages.map((message): TemplateProblem => ({
      severity: 'warning',
      place: { kind: 'example', id: one.id },
      message: `Example ${String(index + 1)}: ${message}`,
    }))
  })
}

function outputProblems(template: TemplateText, example: Example): string[] {
  return [...formatProblems(template, example), ...endProblems(template, example)]
}

/** An answer ends before such a text, so that none can be like the example. */
function endProblems(template: TemplateText, { output }: Example): string[] {
  const end = answerEnds(template).find((text) => output.includes(text))
  if (end === undefined) return []
  return [
    `its output has “${end.trim()}”, where every answer ends. Write it without, or change the layout or the stop texts.`,
  ]
}

function formatProblems({ format }: TemplateText, { output }: Example): string[] {
  const check = checkReply(format, output)
  const [problem] = check.problems
  if (problem !== undefined) {
    return [`its output is not in the format. ${problemInWords(problem)}`]
  }
  if (check.repairs.length === 0) return []
  return [
    'its output is not written as the format asks for, and the model would learn it so. Write it without decoration, in plain quotation marks and with the labels word for word.',
  ]
}

function inputProblems(
  { input, instruction, optional }: TemplateText,
  { values }: Example,
): string[] {
  const wanted = placeholders(input)
  const known = new Set([...wanted, ...placeholders(instruction)])
  const empty = wanted.filter(
    (name) => optional[name] === undefined && (values[name] ?? '').trim() === '',
  )
  const unused = Object.keys(values).filter((name) => !known.has(name))
  return [
    ...empty.map((name) => `<${name}> is empty. Fill it in or remove the example.`),
    ...unused.map(
      (name) =>
        `<${name}> stands nowhere in the template, so its text is not used. Add <${name}> to the text of a row, or remove it.`,
    ),
  ]
}

function repeated(before: Example, one: Example, index: number): string {
  const number = String(index + 1)
  return sameText(before.output) === sameText(one.output)
    ? `it is the same as example ${number}. Remove one.`
    : `it has the same input as example ${number} but another output. Correct or remove one.`
}

function sameText(text: string): string {
  return text.trim().replace(/\s+/gu, ' ').toLowerCase()
}
