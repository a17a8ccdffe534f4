import path from 'node:path'
import { Command, CommanderError, Option } from 'commander'
import { readableKinds } from '../../shared/domain/formats.ts'
import { AppError, isCancelled } from '../../shared/errors.ts'
import { createApp } from '../app.ts'
import { createForkedHosts } from '../processes/forkedHost.ts'
import { serveLibrary } from '../loopback/serveLibrary.ts'
import { askCommand, searchCommand } from './askCommands.ts'
import { modelOverrides, positiveNumber, seedOf, temperatureOf, wholeNumber } from './arguments.ts'
import type { CommandContext } from './commandContext.ts'
import { addEvalCommands } from './evalCommands.ts'
import { importCommand, listCommand, removeCommand, showCommand } from './libraryCommands.ts'
import { addModelCommands } from './modelCommands.ts'
import { createOutput } from './output.ts'
import { addTemplateCommands } from './templateCommands.ts'

export interface CliEnvironment {
  /** Folder of the built programs: `out/main`. */
  readonly programsDir: string
  readonly defaultDataDir: string
}

interface AskOptions {
  readonly model?: string
  readonly passagesOnly: boolean
  readonly template?: string
  readonly temperature?: number
  readonly maxTokens?: number
  readonly seed?: number
}

/** Exit codes: 0 on success, 1 when the work failed, 2 on bad usage. */
export async function runCli(
  args: readonly string[],
  environment: CliEnvironment,
): Promise<number> {
  let exitCode = 0
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const program = createProgram(environment, interrupt.signal, () => {
    exitCode = 1
  })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof AppError) && !isCancelled(error)) throw error
    process.stderr.write(`${(error as Error).message}\n`)
    return 1
  }
  return exitCode
}

function createProgram(
  environment: CliEnvironment,
  signal: AbortSignal,
  fail: () => void,
): Command {
  const program = new Command('penknife')
    .description('Ask your documents on your own machine, with citations you can check.')
    .option('--data-dir <dir>', 'folder of the library', environment.defaultDataDir)
    .option('--json', 'write JSON to stdout and nothing else', false)
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)')

  const context = (): CommandContext => createContext(program, environment, signal, fail)
  addLibraryCommands(program, context)
  addAskCommands(program, context)
  addEvalCommands(program, context)
  addTemplateCommands(program, context)
  addModelCommands(program, context)
  program
    .command('serve')
    .description('serve the window on 127.0.0.1 and print its address as the first line')
    .option('--port <n>', 'port; 0 takes any free one', wholeNumber, 0)
    .action(async ({ port }: { port: number }) => {
      const { dataDir } = program.opts<{ dataDir: string }>()
      const { programsDir } = environment
      const code = await serveLibrary({ dataDir, port, open: false, programsDir })
      if (code !== 0) fail()
    })
  return program
}

function createContext(
  program: Command,
  { programsDir }: CliEnvironment,
  signal: AbortSignal,
  fail: () => void,
): CommandContext {
  const { dataDir, json } = program.opts<{ dataDir: string; json: boolean }>()
  const appOptions = {
    resourcesDir: path.join(programsDir, '..', '..', 'resources'),
    shell: 'browser' as const,
    startHost: createForkedHosts(programsDir),
  }
  const output = createOutput(json)
  return {
    output,
    signal,
    appOptions,
    fail,
    async withApp(work, overrides = {}) {
      const app = await createApp({ ...appOptions, dataDir: path.resolve(dataDir), overrides })
      for (const notice of app.notices) output.message(notice)
      try {
        return await work(app)
      } finally {
        await app.dispose()
      }
    },
  }
}

function addLibraryCommands(program: Command, context: () => CommandContext): void {
  program
    .command('import')
    .description(`import files and folders: ${readableKinds}`)
    .argument('<path...>')
    .action(async (paths: string[]) => {
      const { withApp, output, signal, fail } = context()
      if (!(await withApp((app) => importCommand(app, paths, output, signal)))) fail()
    })
  program
    .command('list')
    .description('list the documents')
    .action(async () => {
      const { withApp, output } = context()
      await withApp((app) => listCommand(app, output))
    })
  program
    .command('show')
    .description('show the stored text that citations point into')
    .argument('<document>', 'id, name or path')
    .action(async (document: string) => {
      const { withApp, output } = context()
      await withApp((app) => showCommand(app, document, output))
    })
  program
    .command('remove')
    .description('remove a document from the library; the file itself stays')
    .argument('<document>', 'id, name or path')
    .action(async (document: string) => {
      const { withApp, output } = context()
      await withApp((app) => removeCommand(app, document, output))
    })
}

function addAskCommands(program: Command, context: () => CommandContext): void {
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
