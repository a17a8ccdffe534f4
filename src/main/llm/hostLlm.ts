import { setTimeout as sleep } from 'node:timers/promises'
import { isCancelled, throwIfAborted } from '../../shared/errors.ts'
import type { Logger } from '../disk/logger.ts'
import { createMutex } from '../flow/mutex.ts'
import type { StartHost } from '../processes/hostProcess.ts'
import { createCalibration } from './calibration.ts'
import type { ChooseItem, GenerateItem, Llm } from './llm.ts'
import { createLlmConnection, type LlmClient } from './llmConnection.ts'
import { createLlmStreams } from './llmStreams.ts'
import { loadModel } from './loadModel.ts'
import { defaultPatience, type Patience } from './patience.ts'

export interface HostLlmOptions {
  readonly start: StartHost
  /** File with the calibration of each model. */
  readonly calibrationFile: string
  readonly logger?: Pick<Logger, 'debug' | 'warn'>
  readonly patience?: Patience | undefined
}

/** Milliseconds that `dispose` waits for the model to be unloaded. */
const disposeMs = 5_000
const noTokens = { prompt: 0, reused: 0, generated: 0 }

/** The language model in a separate process, which is started when a model is loaded. */
export function createHostLlm(options: HostLlmOptions): Llm {
  const { start, calibrationFile, logger, patience = defaultPatience } = options
  const calibration = createCalibration(calibrationFile, (sentence) => logger?.warn(sentence))
  const connection = createLlmConnection(start, logger, patience.working(0))
  const streams = createLlmStreams(connection)
  /** Serialises loading and unloading. */
  const inOrder = createMutex()

  async function ask<T>(question: (client: LlmClient) => Promise<T>): Promise<T> {
    try {
      return await connection.watchQuestion(question(connection.client()))
    } catch (error) {
      throw connection.explain(error)
    }
  }

  async function unload(): Promise<void> {
    await streams.ended()
    await connection.shutDown()
  }

  return {
    load: (wanted, onProgress, signal) =>
      inOrder(async () => {
        throwIfAborted(signal)
        await unload()
        return loadModel(wanted, { connection, calibration, patience }, onProgress, signal)
      }),
    unload: () => inOrder(unload),
    countTokens: (texts) => ask((client) => client.llm.countTokens({ texts })),
    render: (prompt) => ask((client) => client.llm.render({ prompt })),
    async warmUp({ system, history }) {
      try {
        const { llm } = connection.client()
        await connection.watchWork(llm.warmUp({ prompt: { system, history } }))
      } catch (error) {
        const reason = connection.explain(error)
        // A foreground call aborted it.
        if (!isCancelled(reason)) throw reason
      }
    },
    generate: (prompt, how, signal) =>
      streams.stream<GenerateItem>(
        ({ llm }, call) => llm.generate({ call, prompt, options: how }),
        { type: 'done', stop: 'aborted', tokens: noTokens },
        signal,
      ),
    choose: (prompt, candidates, how, signal) =>
      streams.stream<ChooseItem>(
        ({ llm }, call) => llm.choose({ call, prompt, candidates, options: how }),
        {
          type: 'done',
          probabilities: candidates.map(() => 1 / candidates.length),
          stop: 'aborted',
          tokens: noTokens,
        },
        signal,
      ),
    onCrash: connection.onCrash,
    async dispose() {
      streams.stopAll()
      const unloaded = inOrder(connection.shutDown)
      await Promise.race([unloaded, sleep(disposeMs, undefined, { ref: false })])
      connection.dispose()
    },
  }
}
