import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createApp, type App } from '../../src/main/app.ts'
import { createAsking } from '../../src/main/chat/ask.ts'
import { openConversationStore } from '../../src/main/chat/conversationStore.ts'
import { createForkedHosts } from '../../src/main/processes/forkedHost.ts'
import type { HostProcess } from '../../src/main/processes/hostProcess.ts'
import type { Patience } from '../../src/main/llm/patience.ts'
import type { ModelState } from '../../src/shared/contract/models.ts'
import type { AskItem } from '../../src/shared/contract/chat.ts'
import type { Answer, AnswerMode } from '../../src/shared/domain/conversation.ts'
import { AppError } from '../../src/shared/errors.ts'
import { createModelHashes } from '../../src/main/templates/running/modelHash.ts'
import { createTestRuns } from '../../src/main/templates/running/testRuns.ts'
import type { Settings } from '../../src/shared/domain/settings.ts'
import type { RunSummary } from '../../src/shared/domain/testRun/run.ts'
import { createRunMaterial, moodRows } from './runMaterial.ts'

export interface KillableApp extends App, AsyncDisposable {
  readonly dataDir: string
  /** Sends a signal to the language model's process. */
  kill(signal: NodeJS.Signals): void
  /** How often the process was started. */
  starts(): number
  /** Resolves with the first matching state, at once if the current one matches. */
  until(matches: (state: ModelState) => boolean): Promise<ModelState>
  /** Runs a template of one label over `rows` rows, reports its progress, and returns its summary. */
  run(rows: number, onProgress: (done: number) => void): Promise<RunSummary>
  /** Asks without documents, so that the model alone answers. */
  ask(how: AskHow): Promise<Answer>
}

export interface AskHow {
  readonly question: string
  readonly answering?: AnswerMode
  readonly onItem?: (item: AskItem) => void
}

/** An endless answer to any question, so that there is something to interrupt. */
const endless = 'root ::= [a-z] root'

/** The whole app on real processes, with answers that do not end unless they are stopped. */
export async function openKillableApp(
  patience?: Patience,
  overrides: Partial<Settings> = {},
): Promise<KillableApp> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'penknife-killable-'))
  const started: HostProcess[] = []
  const fork = createForkedHosts(path.resolve('out/main'))
  const app = await createApp({
    dataDir,
    resourcesDir: path.resolve('resources'),
    shell: 'browser',
    overrides,
    startHost(entry, options) {
      const process = fork(entry, options)
      if (entry === 'llm.host') started.push(process)
      return process
    },
    ...(patience === undefined ? {} : { patience }),
  })
  const { llm } = app.answerDeps
  const conversations = await openConversationStore(path.join(dataDir, 'asked'), () => undefined)
  const asking = createAsking({
    ...app.answerDeps,
    // The demo model, which can only quote, would not be asked without documents.
    async model(onLoading, signal) {
      const found = await app.answerDeps.model(onLoading, signal)
      return found === null ? null : { ...found, demo: false }
    },
    llm: {
      ...llm,
      generate: (prompt, options, signal) =>
        llm.generate(prompt, { ...options, maxTokens: 5_000, grammar: endless }, signal),
    },
    conversations,
    templates: { find: () => Promise.resolve(null) },
    onUnexpectedError(error) {
      // Reading ahead fails without a model after a crash.
      if (!(error instanceof AppError)) throw error
    },
  })

  return {
    ...app,
    dataDir,
    kill(signal) {
      const pid = started.at(-1)?.pid
      if (pid === undefined) throw new Error('No model runs')
      process.kill(pid, signal)
    },
    starts: () => started.length,
    until: (matches) => untilState(app, matches),
    async run(rows, onProgress) {
      const runs = await createTestRuns({
        running: app.templates.running.inBackground,
        material: createRunMaterial(moodRows(rows)),
        hashes: createModelHashes(path.join(dataDir, 'model-hashes.json'), () => undefined),
        templatesDir: path.join(dataDir, 'runs'),
        notice: (sentence) => {
          throw new Error(sentence)
        },
      })
      const plan = {
        kind: 'ladder' as const,
        version: 1,
        arms: ['few-shot' as const],
        nearest: false,
        grammarToggled: false,
      }
      const ended = new Promise<RunSummary>((resolve) => {
        runs.changed((summary) => {
          onProgress(summary.done)
          if (!['waiting', 'running'].includes(summary.status)) resolve(summary)
        })
      })
      const { signal } = new AbortController()
      await runs.start({ template: 'mood', testSet: 's', plan }, { signal })
      const summary = await ended
      await runs.dispose()
      return summary
    },
    async ask({ question, answering = 'write', onItem = () => undefined }) {
      const asked = {
        question,
        answering,
        conversation: null,
        query: null,
        replaces: null,
        scope: { kind: 'none' as const },
        ignoreThreshold: true,
      }
      let answer: Answer | null = null
      for await (const item of asking.ask(asked, new AbortController().signal)) {
        onItem(item)
        if (item.type === 'done') answer = item.turn.answer
      }
      if (answer === null) throw new Error('There was no answer')
      return answer
    },
    async [Symbol.asyncDispose]() {
      await asking.dispose()
      await conversations.close()
      await app.dispose()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function untilState(app: App, matches: (state: ModelState) => boolean): Promise<ModelState> {
  const now = app.models.state()
  if (matches(now)) return Promise.resolve(now)
  return new Promise((resolve) => {
    const stop = app.models.onState((state) => {
      if (!matches(state)) return
      stop()
      resolve(state)
    })
  })
}
