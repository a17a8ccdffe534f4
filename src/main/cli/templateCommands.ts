import { InvalidArgumentError, type Command } from 'commander'
import { changedDecoding, type DecodingChange } from '../../shared/domain/template/decoding.ts'
import { ladderArm, type LadderArm } from '../../shared/domain/testRun/arm.ts'
import type { ExampleChoice, InputValues, Template } from '../../shared/domain/template/template.ts'
import { AppError } from '../../shared/errors.ts'
import type { ChosenColumn } from '../templates/tables/chosenColumns.ts'
import type { App } from '../app.ts'
import { modelOverrides, positiveNumber, seedOf, wholeNumber } from './arguments.ts'
import type { CommandContext } from './commandContext.ts'
import { incompleteGuard, incompleteReport, type Stopped } from './incompleteReport.ts'
import { findTemplate } from './findTemplate.ts'
import { columnPairs, mapHelp, rowsKinds } from './rowsOptions.ts'
import { asExamples, readTestRows, withTag } from './rowsFile.ts'
import { runTemplate, withGrammar, type RunOptions } from './templateRun.ts'
import { settingOption } from './settingOption.ts'
import { addRunCommands } from './runCommands.ts'
import { addStoreCommands } from './templateStoreCommands.ts'
import { testTemplate, type Tested, type TemplateTest } from './templateTest.ts'
import { tellProblems } from './tellProblems.ts'
import { checkGuards } from './testGuard.ts'
import { asText, guardedOf, outcomeOf } from './testOutcome.ts'
import {
  checkReportFiles,
  reportFile,
  reportOf,
  writeReports,
  type ReportFile,
} from './testReports.ts'

interface TestOptions {
  readonly rows: string
  readonly map: readonly ChosenColumn[]
  readonly arms?: readonly LadderArm[]
  readonly model: readonly string[]
  readonly setting: readonly DecodingChange[]
  readonly minAccuracy?: number
  readonly allowUnjudged: boolean
  readonly perRow: boolean
  readonly report: readonly ReportFile[]
  readonly examples?: string
  readonly choice?: ExampleChoice
  readonly tag?: string
  readonly limit?: number
  readonly nearest: boolean
  readonly keepSimilar: boolean
  readonly grammar: boolean
}

/** `template …`: lists, runs and tests few-shot templates. */
export function addTemplateCommands(program: Command, context: () => CommandContext): void {
  const template = program.command('template').description('few-shot templates: run and test them')
  addStoreCommands(template, context)
  addRunCommands(template, context)
  template
    .command('run')
    .description('answer one input, or the rows of a table')
    .argument('<template>', 'id, or a template file')
    .option('--input <text>', 'what <INPUT> stands for; - reads it from standard input')
    .option('--value <name=text>', 'another placeholder; may be repeated', nameAndText, {})
    .option('--rows <file>', `in place of --input: ${rowsKinds}, a line of JSON for each row`)
    .option('--map <pairs>', mapHelp, columnPairs, [])
    .option('--model <file>', 'GGUF file that answers')
    .option('--no-grammar', 'do not force the format')
    .action((name: string, options: RunOptions) => runTemplate(context(), name, options))
  template
    .command('test')
    .description('measure a template on rows with expected answers')
    .argument('<template>', 'id, or a template file')
    .requiredOption('--rows <file>', `${rowsKinds}, with input and expected, or one column a field`)
    .option('--map <pairs>', mapHelp, columnPairs, [])
    .option('--arms <list>', 'of zero-shot, few-shot, retrieval, both; else as written', armList)
    .option('--model <file>', 'GGUF file that answers; several are compared', eachOf, [])
    .option(
      '--setting <changes>',
      'such as temperature=0.7,top_p=0.9, or as-written; several are compared',
      settingOption,
      [],
    )
    .option(
      '--min-accuracy <x>',
      'exit with 1 if the best arm with a model is below, or a row is not judged',
      share,
    )
    .option('--allow-unjudged', 'let --min-accuracy pass with rows that are not judged', false)
    .option('--per-row', 'also tell every row', false)
    .option(
      '--report <file>',
      'also write a report: .xlsx, .html, .xml (JUnit), .csv or .json; may be repeated',
      reportFile,
      [],
    )
    .option('--examples <file>', 'take the examples from this file, in the layout of the rows')
    .option(
      '--choice <how>',
      'all, random:N[:SEED], varied:N (balanced) or nearest:N of the examples',
      choiceOf,
    )
    .option(
      '--tag <tag>',
      'only the rows with this tag, of a column “tags”, “split” or --map tags=…',
    )
    .option('--limit <n>', 'only the first rows', positiveNumber)
    .option('--nearest', 'also the nearest examples, without a model', false)
    .option('--keep-similar', 'also rows that an example gives away', false)
    .option('--no-grammar', 'do not force the format')
    .action((name: string, options: TestOptions) => testCommand(context(), name, options))
}

async function testCommand(
  { withApp, output, signal, readInput, fail }: CommandContext,
  name: string,
  options: TestOptions,
): Promise<void> {
  const { minAccuracy, limit, choice, allowUnjudged } = options
  const compared = comparedIn(options)
  await checkReportFiles(options.report)
  await withApp(
    async (app) => {
      const found = await findTemplate(app, name, (note) => output.message(note))
      const written = withSetting(withGrammar(found.template, options.grammar), compared, options)
      const read = (file: string, template: Template): ReturnType<typeof readTestRows> =>
        readTestRows(
          { file, columns: options.map, readInput },
          template,
          (sentence) => output.message(sentence),
          signal,
        )
      const examples =
        options.examples === undefined
          ? written.examples
          : asExamples(await read(options.examples, written), written, (sentence) =>
              output.message(sentence),
            )
      const template = { ...written, examples, choice: choice ?? written.choice }
      const problems = tellProblems(template, (text) => output.message(text))
      const rows = withTag(await read(options.rows, template), options.tag).slice(0, limit)
      const tested = await testTemplate(
        app,
        { ...options, found: { ...found, template }, rows, arms: options.arms ?? null, compared },
        (text) => output.message(text),
        signal,
      )
      if (tested.stopped !== null) {
        if (options.report.length > 0) {
          await reportStopped(app, tested, tested.stopped, options)
          output.message(incompleteGuard(tested.stopped).problem ?? '')
        }
        throw tested.stopped.error
      }
      const outcome = outcomeOf(tested, options.perRow)
      output.result({ ...outcome, problems }, asText(outcome))
      const demands = { minAccuracy: minAccuracy ?? null, allowUnjudged }
      const guards = checkGuards(guardedOf(outcome), demands)
      const reasons = guards.flatMap(({ problem }) => problem ?? [])
      for (const reason of reasons) output.message(reason)
      if (reasons.length > 0) fail()
      if (options.report.length === 0) return
      const demanded = { guards, allowUnjudged }
      const report = await reportOf(app, tested, options.rows, demanded, signal)
      await writeReports(options.report, report)
    },
    modelOverrides(compared === null ? options.model[0] : undefined),
  )
}

/** What was answered is not lost: it is written, and marked as incomplete. */
async function reportStopped(
  app: App,
  tested: Tested,
  stopped: Stopped,
  { rows, allowUnjudged, report: files }: TestOptions,
): Promise<void> {
  // The signal of the command is aborted already.
  const { signal } = new AbortController()
  const report = await reportOf(app, tested, rows, { guards: [], allowUnjudged }, signal)
  await writeReports(files, incompleteReport(report, stopped))
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
  if (kind === 'nearest' || kind === 'varied') {
    return { kind, count: Math.max(1, wholeNumber(count ?? '')) }
  }
  throw new InvalidArgumentError('all, random:N[:SEED], varied:N or nearest:N is needed.')
}

function eachOf(file: string, before: readonly string[]): readonly string[] {
  return [...before, file]
}

/**
 * What is compared; null for one model with one setting.
 *
 * @throws AppError `invalid-input` if arms are named as well: a run compares one thing.
 */
function comparedIn({ model, setting, arms, nearest }: TestOptions): TemplateTest['compared'] {
  if (model.length < 2 && setting.length < 2) return null
  if (arms !== undefined || nearest) {
    throw new AppError(
      'invalid-input',
      '--arms and --nearest take one model and one setting. Leave them out, or name one model and setting.',
    )
  }
  return { models: model, settings: setting }
}

/** One setting is no comparison, and changes the template. */
function withSetting(
  template: Template,
  compared: TemplateTest['compared'],
  { setting }: TestOptions,
): Template {
  if (compared !== null) return template
  return { ...template, decoding: changedDecoding(template.decoding, setting[0]) }
}
