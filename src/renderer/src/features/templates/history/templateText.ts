import { settingInWords } from '../../../../../shared/domain/template/decoding.ts'
import { describeFormat } from '../../../../../shared/domain/template/describeFormat.ts'
import {
  variablesOf,
  type Example,
  type Template,
} from '../../../../../shared/domain/template/template.ts'

/**
 * A template as plain text for a line diff: everything that affects its answers, in the order of
 * the editor.
 */
export function templateText(template: Template): string {
  const { name, description, instruction, input, format, examples } = template
  return [
    `Name: ${name}`,
    ...(description === '' ? [] : [`Description: ${description}`]),
    '',
    'Instruction:',
    instruction,
    '',
    `Input text: ${input}`,
    ...Object.entries(template.optional).map(([name, text]) => `Optional: ${name} = ${text}`),
    `Format: ${format.kind === 'text' ? 'any text' : describeFormat(format)}`,
    '',
    ...settingsLines(template),
    '',
    ...examples.flatMap((one, index) => exampleLines(template, one, index + 1)),
  ].join('\n')
}

function settingsLines({ choice, layout, decoding, sources }: Template): readonly string[] {
  const { kind, ...details } = choice
  const more = Object.entries(details).map(([name, value]) => ` ${name} ${String(value)}`)
  return [
    `Examples in the prompt: ${kind}${more.join(',')}, as ${layout}`,
    `Temperature: ${String(decoding.temperature)}, seed ${String(decoding.seed)}`,
    ...drawingLines(decoding),
    `Longest answer: ${String(decoding.maxTokens)} tokens`,
    `Grammar: ${decoding.grammar ? 'on' : 'off'}`,
    `Documents: ${
      sources.retrieve
        ? `${String(sources.passages)} passages from ${sources.scope.kind === 'all' ? 'all documents' : sources.scope.kind}`
        : 'none'
    }`,
  ]
}

/** What few templates say: which tokens one is drawn from, and what ends an answer. */
function drawingLines(decoding: Template['decoding']): readonly string[] {
  const { topP, topK, minP, repeatPenalty, stopTexts } = decoding
  const change = { topP, topK, minP, repeatPenalty, stopTexts }
  if (Object.values(change).every((value) => value === undefined)) return []
  return [`Drawing: ${settingInWords(change)}`]
}

function exampleLines(template: Template, one: Example, number: number): readonly string[] {
  return [
    `Example ${String(number)}${one.enabled ? '' : ' (off)'}`,
    ...variablesOf(template).map((name) => `  ${name}: ${one.values[name] ?? ''}`),
    `  Output: ${one.output}`,
    ...(one.note === '' ? [] : [`  Note: ${one.note}`]),
    '',
  ]
}
