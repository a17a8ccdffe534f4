import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createEmitter } from '../../shared/emitter.ts'
import { AppError, cancelled, isCancelled, throwIfAborted } from '../../shared/errors.ts'
import type { Client } from '../../shared/rpc/contract.ts'
import type { Logger } from '../disk/logger.ts'
import { createMutex } from '../flow/mutex.ts'
import type { HostExit, StartHost } from '../processes/hostProcess.ts'
import { llmContract, type LlmContract, type LoadInput, type LoadItem } from './host/llmContract.ts'
import { superviseHost } from '../processes/supervisedHost.ts'
import { createWatchdog } from '../processes/watchdog.ts'
import { createCalibration } from './calibration.ts'
import { crashSentence } from './crashSentence.ts'
import type { ChooseItem, GenerateItem, Llm, LlmInfo, LoadOptions, LoadProgress } from './llm.ts'
import { modelFileSize } from './modelFile.ts'
import { defaultPatience, type Patience } from './patience.ts'
import { untilStopped } from './untilStopped.ts'

export interface HostLlmOptions {
  readonly start: StartHost
  /** Where the best number of threads of each model is remembered. */
  readonly calibrationFile: string
  readonly logger?: Pick<Logger, 'debug' | 'warn'>
  readonly patience?: Patience | undefined
}

/** Milliseconds that the process may take to give everything back before it is ended. */
const unloadMs = 5_000
/** Milliseconds after which whoever stopped an answer is let go, whatever the process is doing. */
const stopMs = 5_000
const noTokens = { prompt: 0, reused: 0, generated: 0 }

/** The language model in a process of its own, which is started when a model is loaded. */
export function createHostLlm(options: HostLlmOptions): Llm {
  const { start, calibrationFile, logger, patience = defaultPatience } = options
  const host = superviseHost(llmContract, { start, entry: 'llm.host' })
  const calibration = createCalibration(calibrationFile, (sentence) => logger?.warn(sentence))
  const crashes = createEmitter<string>()
  const active = new Map<string, Promise<void>>()
  /** Loading and unloading one after another. */
  const inOrder = createMutex()
  let client: Client<LlmContract> | undefined
  let lastExit: HostExit | undefined
  let limitMs = patience.working(0)
  const silence = {
    limitMs: () => limitMs,
    onHang: () => {
      logger?.warn('The language model makes no progress and is ended')
      host.giveUp()
    },
  }
  const work = createWatchdog(silence)
  // Answered beside the work: that they are answered does not mean that the work goes on.
  const questions = createWatchdog(silence)

  host.onCrash((exit) => {
    client = undefined
    lastExit = exit
    const message = crashSentence(exit)
    logger?.warn('The language model stopped', { code: exit.code, signal: exit.signal })
    crashes.emit(message)
  })

  /** What a lost connection means to whoever waited. */
  function explain(error: unknown): unknown {
    if (!(error instanceof AppError) || error.code !== 'disconnected') return error
    if (lastExit === undefined) return cancelled()
    return new AppError('host-crashed', crashSentence(lastExit), { cause: error })
  }

  function connected(): Client<LlmContract> {
    if (client !== undefined) return client
    if (lastExit !== undefined) throw new AppError('host-crashed', crashSentence(lastExit))
    throw new AppError('model-missing', 'No language model is loaded.')
  }

  async function ask<T>(question: (client: Client<LlmContract>) => Promise<T>): Promise<T> {
    try {
      return await questions.watch(question(connected()))
    } catch (error) {
      throw explain(error)
    }
  }

  async function shutDown(): Promise<void> {
    const last = client
    client = undefined
    if (last !== undefined) {
      await Promise.race([
        last.llm.unload().catch((error: unknown) => {
          logger?.debug('Unloading failed', { reason: String(error) })
        }),
        passed(unloadMs),
      ])
    }
    lastExit = undefined
    host.stop()
  }

  async function load(
    options: LoadOptions,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal | undefined,
  ): Promise<LlmInfo> {
    throwIfAborted(signal)
    await Promise.allSettled(active.values())
    await shutDown()
    const sizeBytes = await modelFileSize(options.file)
    const known = await calibrationFor(options)
    const { file, contextSize, gpu } = options
    await backedOff(host, signal)
    try {
      limitMs = patience.loading(sizeBytes, gpu)
      const started = host.client()
      started.llm.log(({ message }) => logger?.debug(`llama.cpp: ${message.trimEnd()}`))
      started.llm.progress(() => work.beat())
      const items = started.llm.load({ file, contextSize, gpu, ...known }, { signal })
      const ready = await work.watch(follow(items, onProgress))
      limitMs = patience.working(sizeBytes)
      if (ready.measured.length > 0) {
        const { threads, reading, measured, attention } = ready
        await calibration.set(file, ready.gpu, {
          threads,
          reading,
          measured: [...measured],
          attention: [...attention],
        })
      }
      client = started
      return toInfo(file, ready)
    } catch (error) {
      // Half a model is of no use to anyone, and a native load may not hear that it was stopped.
      const reason = explain(error)
      host.stop()
      throw reason
    }
  }

  /** Threads of null: to be measured, and how to read as well. */
  async function calibrationFor(
    options: LoadOptions,
  ): Promise<Pick<LoadInput, 'threads' | 'reading'>> {
    const unknown = { threads: null, reading: null }
    if (options.measure === true) return unknown
    const { file, gpu, threads } = options
    const found = await calibration.find(file, gpu)
    const reading = found?.reading ?? null
    if (threads !== null) return { threads: { prefill: threads, generation: threads }, reading }
    // What was remembered before the way of reading was measured.
    if (found?.reading === undefined) return unknown
    return { threads: found.threads, reading }
  }

  async function* streamed<Item extends { readonly type: string }>(
    open: (client: Client<LlmContract>, call: string) => AsyncIterable<Item>,
    aborted: Item,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Item> {
    const isAborted = (): boolean => signal?.aborted === true
    if (isAborted()) {
      yield aborted
      return
    }
    const now = connected()
    const call = randomUUID()
    let ended = (): void => undefined
    active.set(call, new Promise((resolve) => (ended = resolve)))
    // If the process is gone, the stream itself says so.
    const stop = (): void => void now.llm.stop({ call }).catch(() => undefined)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      yield* untilStopped(open(now, call), (next) => work.watch(next), signal, stopMs)
    } catch (error) {
      const reason = explain(error)
      if (!isCancelled(reason) || !isAborted()) throw reason
      yield aborted
    } finally {
      signal?.removeEventListener('abort', stop)
      active.delete(call)
      ended()
    }
  }

  return {
    load: (options, onProgress, signal) => inOrder(() => load(options, onProgress, signal)),
    unload: () =>
      inOrder(async () => {
        await Promise.allSettled(active.values())
        await shutDown()
      }),
    countTokens: (texts) => ask((now) => now.llm.countTokens({ texts })),
    render: (prompt) => ask((now) => now.llm.render({ prompt })),
    async warmUp({ system, history }) {
      try {
        await work.watch(connected().llm.warmUp({ prompt: { system, history } }))
      } catch (error) {
        const reason = explain(error)
        // It gave way to someone else.
        if (!isCancelled(reason)) throw reason
      }
    },
    generate: (prompt, options, signal) =>
      streamed<GenerateItem>(
        (now, call) => now.llm.generate({ call, prompt, options }),
        { type: 'done', stop: 'aborted', tokens: noTokens },
        signal,
      ),
    choose: (prompt, candidates, options, signal) =>
      streamed<ChooseItem>(
        (now, call) => now.llm.choose({ call, prompt, candidates, options }),
        {
          type: 'done',
          probabilities: candidates.map(() => 1 / candidates.length),
          stop: 'aborted',
          tokens: noTokens,
        },
        signal,
      ),
    onCrash: crashes.on,
    async dispose() {
      const now = client
      for (const call of active.keys()) void now?.llm.stop({ call }).catch(() => undefined)
      await Promise.race([inOrder(shutDown), passed(unloadMs)])
      host.stop()
      crashes.clear()
    },
  }
}

async function follow(
  items: AsyncIterable<LoadItem>,
  onProgress: (progress: LoadProgress) => void,
): Promise<Extract<LoadItem, { stage: 'ready' }>> {
  for await (const item of items) {
    if (item.stage === 'ready') return item
    onProgress(item)
  }
  throw new Error('Loading ended without a model')
}

function toInfo(file: string, ready: Extract<LoadItem, { stage: 'ready' }>): LlmInfo {
  const { name, architecture, contextSize, contextWanted, gpu, threads } = ready
  return {
    file,
    name,
    architecture,
    contextSize,
    contextWanted,
    threads: Math.max(threads.prefill, threads.generation),
    gpu,
  }
}

/** Waits until a process may be started again after crashes. */
async function backedOff(
  host: { readonly waitMs: number },
  signal: AbortSignal | undefined,
): Promise<void> {
  while (host.waitMs > 0) {
    throwIfAborted(signal)
    // It is looked at again often enough to notice an abort.
    await sleep(Math.min(host.waitMs + 1, 100))
  }
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
