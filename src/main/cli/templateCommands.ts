import { InvalidArgumentError, type Command } from 'commander'
import { ladderArm, type LadderArm } from '../../shared/domain/testRun/arm.ts'
import {
  missingValues,
  variablesOf,
  type ExampleChoice,
  type InputValues,
  type Template,
} from '../../shared/domain/template/template.ts'
import { AppError } from '../../shared/errors.ts'
import { exportTemplate } from '../templates/store/exportTemplate.ts'
import { importTemplate } from '../templates/store/importTemplate.ts'
import { unknownName } from '../templates/store/unknownNames.ts'
import { modelOverrides, positiveNumber, seedOf, wholeNumber } from './arguments.ts'
import type { CommandContext } from './commandContext.ts'
import { findTemplate, readTemplateFile } from './findTemplate.ts'
import { asExamples, readTestRows } from './rowsFile.ts'
import { asText, guardedOf, testTemplate } from './templateTest.ts'
import { tellProblems } from './tellProblems.ts'
import { guardProblems } from './testGuard.ts'

interface RunOptions {
  readonly input?: string
  readonly value: InputValues
  readonly model?: string
  readonly grammar: boolean
}

interface TestOptions {
  readonly rows: string
  readonly arms?: readonly LadderArm[]
  readonly model?: string
  readonly minAccuracy?: number
  readonly allowUnjudged: boolean
  readonly perRow: boolean
  readonly examples?: string
  readonly choice?: ExampleChoice
  readonly limit?: number
  readonly nearest: boolean
  readonly keepSimilar: boolean
  readonly grammar: boolean
}

/** `template …`: lists, runs and tests few-shot templates. */
export function addTemplateCommands(program: Command, context: () => CommandContext): void {
  const template = program.command('template').description('few-shot templates: run and test them')
  addStoreCommands(template, context)
  template
    .command('run')
    .description('answer one input')
    .argument('<template>', 'id, or a template file')
    .option('--input <text>', 'what <INPUT> stands for')
    .option('--value <name=text>', 'another placeholder; may be repeated', nameAndText, {})
    .option('--model <file>', 'GGUF file that answers')
    .option('--no-grammar', 'do not force the format')
    .action((name: string, options: RunOptions) => runCommand(context(), name, options))
  template
    .command('test')
    .description('measure a template on rows with expected answers')
    .argument('<template>', 'id, or a template file')
    .requiredOption(
      '--rows <file>',
      'table (CSV, JSONL, XLSX …) with input and expected, or one column a field',
    )
    .option('--arms <list>', 'of zero-shot, few-shot, retrieval, both; else as written', armList)
    .option('--model <file>', 'GGUF file that answers')
    .option(
      '--min-accuracy <x>',
      'exit with 1 if the best arm with a model is below, or a row is not judged',
      share,
    )
    .option('--allow-unjudged', 'let --min-accuracy pass with rows that are not judged', false)
    .option('--per-row', 'also tell every row', false)
    .option('--examples <file>', 'take the examples from this file, in the layout of the rows')
    .option('--choice <how>', 'all, random:N[:SEED] or nearest:N of the examples', choiceOf)
    .option('--limit <n>', 'only the first rows', positiveNumber)
    .option('--nearest', 'also the nearest examples, without a model', false)
    .option('--keep-similar', 'also rows that an example gives away', false)
    .option('--no-grammar', 'do not force the format')
    .action((name: string, options: TestOptions) => testCommand(context(), name, options))
}

function addStoreCommands(template: Command, context: () => CommandContext): void {
  template
    .command('list')
    .description('list your templates, and those that ship with Penknife')
    .action(async () => {
      const { withApp, output } = context()
      await withApp(({ templates }) => {
        const own = templates.store.list().map(({ id, name, version }) => ({ id, name, version }))
        const shipped = templates.starters.map(({ id, name }) => ({ id, name, version: null }))
        const all = [...own, ...shipped]
        output.result(all, all.map(({ id, name }) => `${id}  ${name}`).join('\n'))
      })
    })
  template
    .command('show')
    .description('show a template')
    .argument('<template>', 'id, or a template file')
    .action(async (name: string) => {
      const { withApp, output } = context()
      await withApp(async (app) => {
        const { id, version, template: shown } = await findTemplate(app, name)
        output.result({ id, version, template: shown }, JSON.stringify(shown, null, 2))
      })
    })
  template
    .command('import')
    .description('keep a template file among your templates')
    .argument('<file>')
    .action(async (file: string) => {
      const { withApp, output } = context()
      await withApp(async ({ templates }) => {
        const id = await templates.store.createSaved(importTemplate(await readTemplateFile(file)))
        output.result({ id }, id)
      })
    })
  template
    .command('export')
    .description('write a template as its file')
    .argument('<template>', 'id, or a template file')
    .action(async (name: string) => {
      const { withApp, output } = context()
      await withApp(async (app) => {
        const { template: exported } = await findTemplate(app, name)
        for (const { text } of exportTemplate(exported, 'penknife', [])) {
          output.result(JSON.parse(text), text.trimEnd())
        }
      })
    })
}

async function runCommand(
  { withApp, output, signal, fail }: CommandContext,
  name: string,
  { input, value, model, grammar }: RunOptions,
): Promise<void> {
  await withApp(async (app) => {
    const { template } = await findTemplate(app, name)
    const values: InputValues = { ...(input === undefined ? {} : { INPUT: input }), ...value }
    const variables = variablesOf(template)
    const unknown = Object.keys(values).filter((name) => !variables.includes(name))
    if (unknown.length > 0) throw unknownValues(unknown, variables)
    const missing = missingValues(template, values)
    if (missing.length > 0) throw nothingFor(missing)
    const templateProblems = tellProblems(template, (text) => output.message(text))
    const rows = [{ values, expected: null }]
    const trial = { template: withGrammar(template, grammar), rows, repeats: 1, arm: null }
    for await (const item of app.templates.running.runner.try(trial, { signal })) {
      if (item.type === 'failed') {
        output.message(item.message)
        fail()
      }
      if (item.type !== 'answer') continue
      const { reply, check, tokens, stop, sources } = item
      const { parseable, inDomain, problems, repairs, value: read } = check
      output.result(
        {
          output: reply,
          parseable,
          inDomain,
          problems,
          repairs,
          value: read,
          tokens,
          stop,
          sources,
          templateProblems,
        },
        [reply, ...problems.map(({ message }) => message)].join('\n'),
      )
    }
  }, modelOverrides(model))
}

async function testCommand(
  { withApp, output, signal, fail }: CommandContext,
  name: string,
  options: TestOptions,
): Promise<void> {
  const { minAccuracy, limit, choice } = options
  await withApp(async (app) => {
    const found = await findTemplate(app, name)
    const written = withGrammar(found.template, options.grammar)
    const read = (file: string, template: Template): ReturnType<typeof readTestRows> =>
      readTestRows(file, template, (sentence) => output.message(sentence), signal)
    const examples =
      options.examples === undefined
        ? written.examples
        : asExamples(await read(options.examples, written), written)
    const template = { ...written, examples, choice: choice ?? written.choice }
    const problems = tellProblems(template, (text) => output.message(text))
    const rows = (await read(options.rows, template)).slice(0, limit)
    const outcome = await testTemplate(
      app,
      { ...options, found: { ...found, template }, rows, arms: options.arms ?? null },
      (text) => output.message(text),
      signal,
    )
    output.result({ ...outcome, problems }, asText(outcome))
    const guard = { minAccuracy: minAccuracy ?? null, allowUnjudged: options.allowUnjudged }
    const reasons = guardProblems(guardedOf(outcome), guard)
    for (const reason of reasons) output.message(reason)
    if (reasons.length > 0) fail()
  }, modelOverrides(options.model))
}

function nothingFor(missing: readonly string[]): AppError {
  const names = missing.map((one) => `<${one}>`).join(', ')
  const literal = 'To keep a tag such as <B> in the prompt as it is, write \\<B> in the template.'
  return new AppError(
    'invalid-input',
    `There is nothing for ${names}. Give it with --input or --value NAME=TEXT. ${literal}`,
  )
}

function unknownValues(unknown: readonly string[], variables: readonly string[]): AppError {
  const named = unknown.map((name) => unknownName(name, variables)).join(', ')
  const known = variables.map((one) => `<${one}>`).join(', ')
  return new AppError(
    'invalid-input',
    `The template does not use ${named}. ${known === '' ? 'It has no placeholder.' : `Its placeholders: ${known}.`}`,
  )
}

function withGrammar(template: Template, grammar: boolean): Template {
  if (grammar) return template
  return { ...template, decoding: { ...template.decoding, grammar } }
}

function nameAndText(pair: string, before: InputValues): InputValues {
  const at = pair.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('NAME=TEXT is needed.')
  return { ...before, [pair.slice(0, at).toUpperCase()]: pair.slice(at + 1) }
}

function armList(text: string): readonly LadderArm[] {
  return text.split(',').map((one) => {
    const arm = ladderArm.safeParse(one.trim())
    if (arm.success) return arm.data
    throw new InvalidArgumentError('Arms are zero-shot, few-shot, retrieval and both.')
  })
}

function share(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= 1) return value
  throw new InvalidArgumentError('A share from 0 to 1 is needed.')
}

function choiceOf(text: string): ExampleChoice {
  const [kind, count, seed] = text.split(':')
  if (text === 'all') return { kind: 'all' }
  if (kind === 'random') {
    return { kind, count: wholeNumber(count ?? ''), seed: seedOf(seed ?? '0') }
  }
  if (kind === 'nearest') return { kind, count: Math.max(1, wholeNumber(count ?? '')) }
  throw new InvalidArgumentError('all, random:N[:SEED] or nearest:N is needed.')
}
