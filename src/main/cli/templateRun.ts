import { plural } from '../../shared/domain/localFormat.ts'
import type { TryItem } from '../../shared/contract/templates.ts'
import {
  missingValues,
  variablesOf,
  type InputValues,
  type Template,
} from '../../shared/domain/template/template.ts'
import type { TemplateProblem } from '../../shared/domain/template/templateProblem.ts'
import type { TestRow } from '../../shared/domain/testRun/testSet.ts'
import type { AppError } from '../../shared/errors.ts'
import { invalidInput } from '../../shared/errors.ts'
import { decodeText } from '../files/decodeText.ts'
import { defaultTableLimits } from '../parsing/parseLimits.ts'
import { unknownName } from '../templates/store/unknownNames.ts'
import type { ChosenColumn } from '../templates/tables/chosenColumns.ts'
import { modelOverrides } from './arguments.ts'
import type { CommandContext } from './commandContext.ts'
import { findTemplate } from './findTemplate.ts'
import { readTestRows, standardInput } from './rowsFile.ts'
import { tellProblems } from './tellProblems.ts'
import { problemInWords } from '../../shared/domain/template/replyPlace.ts'

export interface RunOptions {
  readonly input?: string
  readonly value: InputValues
  readonly rows?: string
  readonly map: readonly ChosenColumn[]
  readonly model?: string
  readonly grammar: boolean
}

type Answer = Extract<TryItem, { type: 'answer' }>

/** Answers one input, or the rows of a table, and prints each answer. */
export async function runTemplate(
  context: CommandContext,
  name: string,
  options: RunOptions,
): Promise<void> {
  const { withApp, output, signal, fail } = context
  await withApp(async (app) => {
    const found = (await findTemplate(app, name, (note) => output.message(note))).template
    const rows = await rowsOf(context, found, options)
    const problems = tellProblems(found, (text) => output.message(text))
    const template = withGrammar(found, options.grammar)
    const trial = { template, rows: [...rows], repeats: 1, arm: null }
    const isTable = options.rows !== undefined
    for await (const item of app.templates.running.runner.try(trial, { signal })) {
      if (item.type !== 'failed' && item.type !== 'answer') continue
      const row = isTable ? (rows[item.index]?.id ?? null) : null
      if (item.type === 'answer') printAnswer(context, item, row, problems)
      else {
        output.message(row === null ? item.message : `Row ${row}: ${item.message}`)
        fail()
      }
    }
  }, modelOverrides(options.model))
}

/** The template, with its answers forced into the format or not. */
export function withGrammar(template: Template, grammar: boolean): Template {
  if (grammar) return template
  return { ...template, decoding: { ...template.decoding, grammar } }
}

/** @param row its number in the table; null: it is the only input. */
function printAnswer(
  { output }: CommandContext,
  { reply, check, score, tokens, stop, sources }: Answer,
  row: string | null,
  templateProblems: readonly TemplateProblem[],
): void {
  const { parseable, inDomain, problems, repairs, value } = check
  const answer = { output: reply, parseable, inDomain, problems, repairs, value, tokens, stop }
  const lines = [reply, ...problems.map(problemInWords)]
  if (stop === 'length') output.message(cutOff(tokens.generated, row))
  if (row === null) {
    output.result({ ...answer, sources, templateProblems }, lines.join('\n'))
    return
  }
  const correct = score?.exactMatch ?? null
  output.result({ row, ...answer, correct, sources }, [`Row ${row}`, ...lines].join('\n'))
}

function cutOff(tokens: number, row: string | null): string {
  const which = row === null ? 'The answer' : `The answer to row ${row}`
  return `${which} was cut off after ${plural(tokens, 'token')}. The template says how long an answer may be.`
}

async function rowsOf(
  context: CommandContext,
  template: Template,
  options: RunOptions,
): Promise<readonly TestRow[]> {
  const { rows: file, map: columns, input, value } = options
  if (file === undefined) {
    if (columns.length > 0) throw invalidInput('--map names columns of --rows. Give --rows too.')
    const values = await valuesOf(context, template, options)
    return [{ id: '1', values, expected: null, included: null }]
  }
  if (input !== undefined || Object.keys(value).length > 0) {
    throw invalidInput('The rows have the text of the placeholders. Leave out --input and --value.')
  }
  const { output, signal, readInput, fail } = context
  const notice = (sentence: string): void => output.message(sentence)
  const rows = await readTestRows({ file, columns, readInput }, template, notice, signal)
  return rows.filter(({ id, values }) => {
    const missing = missingValues(template, values)
    if (missing.length === 0) return true
    output.message(`Row ${id} is not answered: there is nothing for ${tags(missing)}.`)
    fail()
    return false
  })
}

async function valuesOf(
  { readInput }: CommandContext,
  template: Template,
  { input, value }: RunOptions,
): Promise<InputValues> {
  const text = input === standardInput ? inputText(await readInput('text of <INPUT>')) : input
  const values = { ...(text === undefined ? {} : { INPUT: await text }), ...value }
  const variables = variablesOf(template)
  const unknown = Object.keys(values).filter((one) => !variables.includes(one))
  if (unknown.length > 0) throw unknownValues(unknown, variables)
  const missing = missingValues(template, values)
  if (missing.length > 0) throw nothingFor(missing)
  return values
}

/** Without the line break at its end, which is that of the command that wrote it. */
async function inputText(bytes: Uint8Array): Promise<string> {
  return (await decodeText(bytes, defaultTableLimits)).replace(/\n$/u, '')
}

function nothingFor(missing: readonly string[]): AppError {
  const literal = 'To keep a tag such as <B> in the prompt as it is, write \\<B> in the template.'
  return invalidInput(
    `There is nothing for ${tags(missing)}. Give it with --input or --value NAME=TEXT. ${literal}`,
  )
}

function unknownValues(unknown: readonly string[], variables: readonly string[]): AppError {
  const named = unknown.map((name) => unknownName(name, variables)).join(', ')
  const known = tags(variables)
  return invalidInput(
    `The template does not use ${named}. ${known === '' ? 'It has no placeholder.' : `Its placeholders: ${known}.`}`,
  )
}

function tags(names: readonly string[]): string {
  return names.map((one) => `<${one}>`).join(', ')
}
