import path from 'node:path'
import { Command, CommanderError } from 'commander'
import { AppError, fromWire, isCancelled, isUnexpected, toWire } from '../../shared/errors.ts'
import { createApp } from '../app.ts'
import { tellUpgrade } from '../indexing/tellUpgrade.ts'
import { createForkedHosts } from '../processes/forkedHost.ts'
import { addAskCommands } from './askCommands.ts'
import { addCheckCommand } from './checkCommand.ts'
import type { CommandContext } from './commandContext.ts'
import { addEvalCommands } from './evalCommands.ts'
import { addLibraryCommands } from './libraryCommands.ts'
import { addModelCommands } from './modelCommands.ts'
import { createOutput } from './output.ts'
import { createInputReader } from './readInput.ts'
import { textForTerminal } from './safeText.ts'
import { addServeCommand } from './serveCommand.ts'
import { addSetAsideCommands } from './setAsideCommands.ts'
import { addTemplateCommands } from './templateCommands.ts'

export interface CliEnvironment {
  /** Folder of the built programs: `out/main`. */
  readonly programsDir: string
  readonly defaultDataDir: string
}

/**
 * Parses the arguments and runs the command.
 *
 * @returns the exit code: 0 on success, 1 if the work failed, 2 on bad usage or input that can't be used.
 */
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
    process.stderr.write(`${textForTerminal((error as Error).message)}\n`)
    return error instanceof AppError && error.code === 'invalid-input' ? 2 : 1
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
  addCheckCommand(program, context)
  addSetAsideCommands(program, context)
  addAskCommands(program, context)
  addEvalCommands(program, context)
  addTemplateCommands(program, context)
  addModelCommands(program, context)
  addServeCommand(program, environment, fail)
  return program
}

function createContext(
  program: Command,
  { programsDir }: CliEnvironment,
  signal: AbortSignal,
  fail: () => void,
): CommandContext {
  const { dataDir, json } = program.opts<{ dataDir: string; json: boolean }>()
  const output = createOutput(json)
  const appOptions = {
    resourcesDir: path.join(programsDir, '..', '..', 'resources'),
    shell: 'terminal' as const,
    startHost: createForkedHosts(programsDir),
    onUpgrade: tellUpgrade((line) => output.message(line)),
  }
  return {
    output,
    signal,
    readInput: createInputReader(process.stdin, signal),
    appOptions,
    fail,
    async withApp(work, overrides = {}) {
      const app = await createApp({ ...appOptions, dataDir: path.resolve(dataDir), overrides })
      for (const notice of app.notices) output.message(notice)
      try {
        return await work(app)
      } catch (error) {
        if (!isUnexpected(error)) throw error
        app.logger.error('a command failed', error)
        throw fromWire(toWire(error))
      } finally {
        await app.dispose()
      }
    },
  }
}
