import { Option, type Command } from 'commander'
import { formatDecimal } from '../../shared/domain/localFormat.ts'
import { citedPlace, placeInWords } from '../../shared/domain/documentPlace.ts'
import { oneLine } from '../../shared/domain/oneLine.ts'
import { isPending } from '../../shared/domain/libraryDocument.ts'
import type { App } from '../app.ts'
import { answerQuestion } from '../chat/answer.ts'
import { answerAsJson, answerAsText } from './answerOutput.ts'
import { pageAsJson } from './pageAsJson.ts'
import { modelOverrides, positiveNumber, seedOf, temperatureOf, wholeNumber } from './arguments.ts'
import type { CommandContext } from './commandContext.ts'
import { findTemplate, type FoundTemplate } from './findTemplate.ts'
import type { Output } from './output.ts'
import { indented } from './safeText.ts'

interface AskOptions {
  readonly model?: string
  readonly passagesOnly: boolean
  readonly template?: string
  readonly temperature?: number
  readonly maxTokens?: number
  readonly seed?: number
}

/** Questions: `search` and `ask`. */
export function addAskCommands(program: Command, context: () => CommandContext): void {
  program
    .command('search')
    .description('show what a question would find')
    .argument('<query>')
    .option('--top <k>', 'number of passages', wholeNumber, 8)
    .action(async (query: string, { top }: { top: number }) => {
      const { withApp, output } = context()
      await withApp((app) => searchCommand(app, query, top, output))
    })
  program
    .command('ask')
    .description('answer a question from the documents, with citations')
    .argument('<question>')
    .option('--model <file>', 'GGUF file that answers')
    .option('--passages-only', 'answer without a model', false)
    .option('--template <id>', 'answer in the form of this template; id, or a template file')
    .addOption(
      new Option(
        '--temperature <number>',
        '0 to 2: how freely the model writes, 0 if left out; a template has its own',
      )
        .argParser(temperatureOf)
        .conflicts('template'),
    )
    .addOption(
      new Option(
        '--max-tokens <number>',
        'longest answer, up to half of the model’s context; a template has its own',
      )
        .argParser(positiveNumber)
        .conflicts('template'),
    )
    .option('--seed <number>', 'draw the same answer again, above temperature 0', seedOf)
    .action(async (question: string, options: AskOptions) => {
      const { withApp, output, signal, fail } = context()
      const { passagesOnly, model, template = null, temperature = null } = options
      const { maxTokens = null, seed = null } = options
      const choice = { template, temperature, maxTokens, seed }
      const found = await withApp(
        (app) => askCommand(app, question, choice, output, signal),
        modelOverrides(model, passagesOnly),
      )
      if (!found) fail()
    })
}

/** `search "query"`: what a question would find, best first. */
async function searchCommand(app: App, query: string, top: number, output: Output): Promise<void> {
  tellUnread(app, output)
  const { passages } = await app.retrieval.search(query, {
    limit: top,
    isLive: app.library.isLive,
  })
  const rows = passages.map(({ contentId, page, heading, scores, text, start, end }) => {
    const row = app.library.documentOf(contentId)
    return {
      document: row?.id ?? contentId,
      name: row?.name ?? contentId,
      ...pageAsJson(row, page),
      place: placeInWords(row ?? null, page, heading),
      score: scores.fused,
      text,
      start,
      end,
    }
  })
  const cited = passages.map(({ contentId }) => app.library.citedDocument(contentId))
  if (rows.length === 0) output.message('Nothing was found.')
  output.result(
    rows,
    rows
      .map((row, at) => {
        const name = cited[at]?.name ?? row.name
        return `${formatDecimal(row.score, 3)}  ${oneLine(citedPlace({ ...row, name, page: row.pageNumber }))}\n${indented(row.text)}`
      })
      .join('\n\n'),
  )
}

/**
 * Warns about documents of an interrupted import. It continues when the app or `import` runs; until
 * then they aren't found.
 */
function tellUnread(app: App, output: Output): void {
  const left = app.library.list().documents.filter(({ state }) => isPending(state)).length
  if (left === 1) output.message('1 document is still to be read; import it again to finish.')
  if (left > 1)
    output.message(`${left} documents are still to be read; import them again to finish.`)
}

const allowMore = '--max-tokens allows a longer answer, up to half of the model’s context.'
const allowMoreInTemplate = 'The template says how long an answer may be.'

interface AskChoice {
  /** Id or file of the template to answer with. */
  readonly template: string | null
  /** Of an answer without a template; null: 0. */
  readonly temperature: number | null
  /** Tokens of an answer without a template; null: the default. */
  readonly maxTokens: number | null
  /** null: the template's own, else a new one. */
  readonly seed: number | null
}

/** `ask "question"`: a grounded answer with its citations. @returns whether one was found. */
async function askCommand(
  app: App,
  question: string,
  choice: AskChoice,
  output: Output,
  signal: AbortSignal,
): Promise<boolean> {
  tellUnread(app, output)
  const template =
    choice.template === null
      ? null
      : app.templates.choose(await findSaved(app, choice.template, (note) => output.message(note)))
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
  output.result(answerAsJson(answer, app.library.documentOf), answerAsText(answer))
  if (answer.cutOff) output.message(template === null ? allowMore : allowMoreInTemplate)
  return answer.status === 'complete'
}

/** As in a conversation, the last saved version answers; drafts are ignored. */
async function findSaved(
  app: App,
  name: string,
  onNotice: (sentence: string) => void,
): Promise<FoundTemplate> {
  const found = await findTemplate(app, name, onNotice)
  const known = app.templates.store.list().find(({ id }) => id === name)
  if (known === undefined || known.version === 0) return found
  const { version } = known
  return { ...found, version, template: await app.templates.store.getVersion(name, version) }
}
