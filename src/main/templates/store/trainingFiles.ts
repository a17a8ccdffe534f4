import { createRandom, shuffled } from '../../../shared/domain/random.ts'
import { renderTemplate } from '../../../shared/domain/template/renderTemplate.ts'
import {
  enabledExamples,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../../shared/errors.ts'
import { expectedOutput } from './expectedOutput.ts'

/** The share of the inputs that is reserved for testing. */
const testShare = 0.2

interface Pair {
  readonly values: InputValues
  readonly output: string
}

/**
 * Exports rows and examples as chats for fine-tuning, one JSON line each (`messages` with roles, as
 * OpenAI, Axolotl, TRL and others read them). The prompt is that of the template without examples.
 * A fifth of the distinct inputs is reserved for testing, drawn with the template's seed. Equal
 * inputs are always in the same file, and those of the examples in the training file.
 *
 * @throws AppError `invalid-input` if no row has an answer.
 */
export function trainingFiles(
  template: Template,
  rows: readonly TestRow[],
): readonly { readonly name: string; readonly text: string }[] {
  const examples: readonly Pair[] = enabledExamples(template)
  const pairs = rows.flatMap(({ values, expected, included }): Pair[] => {
    if (expected === null || included === false) return []
    const output = expectedOutput(template.format, expected)
    return output === null ? [] : [{ values, output }]
  })
  if (examples.length + pairs.length === 0) {
    throw new AppError(
      'invalid-input',
      'There is nothing to train on: no example is on, and no row expects an answer that fits the format.',
    )
  }
  const shown = new Set(examples.map(({ values }) => inputOf(template, values)))
  const inputs = new Set(pairs.map(({ values }) => inputOf(template, values)))
  const drawn = shuffled(
    [...inputs].filter((input) => !shown.has(input)),
    createRandom(template.decoding.seed),
  )
  const kept = new Set(drawn.slice(0, Math.round(drawn.length * testShare)))
  const isKept = ({ values }: Pair): boolean => kept.has(inputOf(template, values))
  const write = (some: readonly Pair[]): string =>
    some.map((one) => chatLine(template, one)).join('')
  return [
    { name: 'train.jsonl', text: write([...examples, ...pairs.filter((one) => !isKept(one))]) },
    { name: 'test.jsonl', text: write(pairs.filter(isKept)) },
  ]
}

function chatLine(template: Template, { values, output }: Pair): string {
  const { system, user } = renderTemplate({ template, examples: [], sources: [], values })
  const messages = [
    ...(system === '' ? [] : [{ role: 'system', content: system }]),
    { role: 'user', content: user },
    { role: 'assistant', content: output },
  ]
  return `${JSON.stringify({ messages })}\n`
}

/** The key by which inputs are equal: the prompt with normalised case and white space. */
function inputOf(template: Template, values: InputValues): string {
  const { system, user } = renderTemplate({ template, examples: [], sources: [], values })
  return `${system}\n${user}`.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()
}
