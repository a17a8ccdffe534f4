import { exampleProblems } from './exampleProblems.ts'
import { formatProblems } from './formatProblems.ts'
import { parseText } from './parseText.ts'
import { placeholders, sections } from './placeholders.ts'
import { supportProblems } from './supportProblems.ts'
import { enabledExamples, variablesOf } from './template.ts'
import type { TemplateProblem, TemplateText } from './templateProblem.ts'

const anyName = /(?<!\\)<([A-Za-z][A-Za-z0-9_]*)>/gu

/**
 * What is wrong with a template, or looks like an oversight: in its texts, its format, its examples,
 * in this order. Takes time in proportion to the number of examples.
 */
export function templateProblems(template: TemplateText): TemplateProblem[] {
  return [
    ...inputProblems(template),
    ...optionalProblems(template),
    ...instructionProblems(template),
    ...sectionProblems(template),
    ...formatProblems(template.format),
    ...supportProblems(template),
    ...exampleProblems(template),
    ...choiceProblems(template),
  ]
}

function inputProblems({ input }: TemplateText): TemplateProblem[] {
  const place = { kind: 'input' } as const
  const names = placeholders(input)
  const slips = misspelled(input, names)
  if (names.length > 0 || slips.length > 0) {
    const severity = names.length > 0 ? 'warning' : 'error'
    return slips.map((message) => ({ severity, place, message }))
  }
  const message = 'The text of a row holds no placeholder: all rows would be the same. Add <INPUT>.'
  return [{ severity: 'error', place, message }]
}

/** Names in a file that no text has: they may be misspelled. */
function optionalProblems(template: TemplateText): TemplateProblem[] {
  const known = variablesOf(template)
  return Object.keys(template.optional)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      severity: 'warning',
      place: { kind: 'input' },
      message: `<${name}> is optional but is nowhere in the template. Add it to a text, or make it not optional.`,
    }))
}

function sectionProblems(template: TemplateText): TemplateProblem[] {
  return (['input', 'instruction'] as const).flatMap((kind) => {
    const text = template[kind]
    const place = { kind } as const
    const errors = new Set(parseText(text).unmatched.map(unmatchedInWords))
    const warnings = new Set([
      ...[...text.matchAll(smallTag)].map(
        ([tag]) => `${tag} is no section. Write ${tag.toUpperCase()}, in capitals.`,
      ),
      ...sections(text)
        .filter((name) => template.optional[name] === undefined)
        .map(
          (name) =>
            `The section <IF ${name}> is always there, as every row has <${name}>. Make <${name}> optional, or remove the section’s tags.`,
        ),
    ])
    return [
      ...[...errors].map((message) => ({ severity: 'error' as const, place, message })),
      ...[...warnings].map((message) => ({ severity: 'warning' as const, place, message })),
    ]
  })
}

const smallTag = /(?<!\\)<(?:(?!IF )[Ii][Ff] [A-Za-z][A-Za-z0-9_]*|(?!\/IF)\/[Ii][Ff])>/gu

function unmatchedInWords(tag: string): string {
  return tag === '</IF>'
    ? 'There is a </IF> without an <IF NAME> before it. Add that, or remove the </IF>.'
    : `${tag} has no </IF>. Add that where the section ends.`
}

function instructionProblems({ instruction, input }: TemplateText): TemplateProblem[] {
  const place = { kind: 'instruction' } as const
  const warning = (message: string): TemplateProblem => ({ severity: 'warning', place, message })
  const inInput = placeholders(input)
  const problems = misspelled(instruction, inInput).map(warning)
  if (instruction.trim() === '') {
    problems.push(warning('The instruction is empty. Say in a sentence what the model is to do.'))
  }
  for (const name of placeholders(instruction)) {
    problems.push(
      warning(
        inInput.includes(name)
          ? `<${name}> stands in the instruction too: then the model reads the examples anew for every row. Leave it to the text of a row.`
          : `<${name}> stands in the instruction only: examples do not show it, and the model reads them anew for every row. Move it to the text of a row.`,
      ),
    )
  }
  return problems
}

/** Placeholders in small letters, which are no placeholders. Other names may be tags of HTML. */
function misspelled(text: string, names: readonly string[]): string[] {
  const known = new Set(['INPUT', ...names])
  const written = new Set([...text.matchAll(anyName)].map((match) => match[1] ?? ''))
  return [...written]
    .filter((name) => name !== name.toUpperCase() && known.has(name.toUpperCase()))
    .map((name) => `<${name}> is not a placeholder. Write <${name.toUpperCase()}>, in capitals.`)
}

function choiceProblems({ choice, examples }: TemplateText): TemplateProblem[] {
  if ('count' in choice) {
    const there = enabledExamples({ examples }).length
    if (choice.count <= there) return []
    const message = `${String(choice.count)} examples are asked for and only ${String(there)} are there. Add examples, or ask for fewer.`
    return [{ severity: 'warning', place: { kind: 'choice' }, message }]
  }
  if (choice.kind !== 'ids') return []
  const known = new Set(examples.map(({ id }) => id))
  const lost = choice.ids.filter((id) => !known.has(id)).length
  if (lost === 0) return []
  const which =
    lost === 1 ? 'An example that was chosen is' : `${String(lost)} examples that were chosen are`
  const message = `${which} not in the template any more. Choose the examples again.`
  return [{ severity: 'error', place: { kind: 'choice' }, message }]
}
