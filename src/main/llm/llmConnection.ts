import { setTimeout as sleep } from 'node:timers/promises'
import { createEmitter } from '../../shared/emitter.ts'
import { AppError, cancelled, throwIfAborted } from '../../shared/errors.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import type { Logger } from '../disk/logger.ts'
import type { HostExit, StartHost } from '../processes/hostProcess.ts'
import { superviseHost } from '../processes/supervisedHost.ts'
import { createWatchdog } from '../processes/watchdog.ts'
import { crashSentence } from './crashSentence.ts'
import { llmContract, type LlmContract } from './host/llmContract.ts'

export type LlmClient = Client<LlmContract>

/** The process of the language model, and how its end is reported. */
export interface LlmConnection {
  /** @throws AppError `host-crashed` or `model-missing` if no model is loaded. */
  readonly client: () => LlmClient
  /** Starts the process if necessary. @throws AppError `host-crashed` after too many crashes. */
  start(): LlmClient
  /** Called after a model was loaded; `client` returns this client from now on. */
  loaded(client: LlmClient): void
  /** Waits until a process may be started again after crashes. @throws AppError `cancelled`. */
  waitToStart(signal: AbortSignal | undefined): Promise<void>
  /** Milliseconds that the process may work without reporting progress before it counts as hung. */
  limitSilence(ms: number): void
  /** Waits for work, while the process reports progress. */
  readonly watchWork: <T>(work: Promise<T>) => Promise<T>
  /** Waits for a call that is answered beside the work. */
  readonly watchQuestion: <T>(answer: Promise<T>) => Promise<T>
  /**
   * Translates an error for the caller: a lost connection is a crash, or `cancelled` if it was
   * ended on purpose.
   */
  readonly explain: (error: unknown) => unknown
  /** Unloads the model and ends the process. */
  readonly shutDown: () => Promise<void>
  /** Kills the process. */
  kill(): void
  readonly onCrash: (listener: (message: string) => void) => () => void
  /** Kills the process; no listener is called any more. */
  dispose(): void
}

/** Milliseconds that the process may take to free everything before it is killed. */
const unloadMs = 5_000

export function createLlmConnection(
  start: StartHost,
  logger: Pick<Logger, 'debug' | 'warn'> | undefined,
  firstLimitMs: number,
): LlmConnection {
  const host = superviseHost(llmContract, { start, entry: 'llm.host' })
  const crashes = createEmitter<string>()
  let client: LlmClient | undefined
  let lastExit: HostExit | undefined
  let limitMs = firstLimitMs
  const silence = {
    limitMs: () => limitMs,
    onHang() {
      logger?.warn('The language model makes no progress and is ended')
      host.giveUp()
    },
  }
  const work = createWatchdog(silence)
  // A separate watchdog: an answered question doesn't mean that the work makes progress.
  const questions = createWatchdog(silence)

  host.onCrash((exit) => {
    client = undefined
    lastExit = exit
    logger?.warn('The language model stopped', { code: exit.code, signal: exit.signal })
    crashes.emit(crashSentence(exit))
  })

  return {
    client() {
      if (client !== undefined) return client
      if (lastExit !== undefined) throw new AppError('host-crashed', crashSentence(lastExit))
      throw new AppError('model-missing', 'No language model is loaded.')
    },
    start() {
      const started = host.client()
      started.llm.log(({ message }) => logger?.debug(`llama.cpp: ${message.trimEnd()}`))
      started.llm.progress(() => work.beat())
      return started
    },
    loaded(next) {
      client = next
    },
    async waitToStart(signal) {
      while (host.waitMs > 0) {
        throwIfAborted(signal)
        // In short steps, to notice an abort soon.
        await sleep(Math.min(host.waitMs + 1, 100))
      }
    },
    limitSilence(ms) {
      limitMs = ms
    },
    watchWork: (promise) => work.watch(promise),
    watchQuestion: (promise) => questions.watch(promise),
    explain(error) {
      if (!(error instanceof AppError) || error.code !== 'disconnected') return error
      if (lastExit === undefined) return cancelled()
      return new AppError('host-crashed', crashSentence(lastExit), { cause: error })
    },
    async shutDown() {
      const last = client
      client = undefined
      if (last !== undefined) await unloadInTime(last, logger)
      lastExit = undefined
      host.stop()
    },
    kill: () => host.stop(),
    onCrash: crashes.on,
    dispose() {
      host.stop()
      crashes.clear()
    },
  }
}

async function unloadInTime(
  client: LlmClient,
  logger: Pick<Logger, 'debug'> | undefined,
): Promise<void> {
  const unloaded = client.llm.unload().catch((error: unknown) => {
    logger?.debug('Unloading failed', { reason: String(error) })
  })
  await Promise.race([unloaded, sleep(unloadMs, undefined, { ref: false })])
}
