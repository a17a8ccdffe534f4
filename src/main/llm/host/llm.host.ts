import { createEmitter } from '../../../shared/emitter.ts'
import { AppError, isCancelled } from '../../../shared/errors.ts'
import type { CallContext, Handlers } from '../../../shared/rpc/contract.ts'
import { serve } from '../../../shared/rpc/server.ts'
import { reportUnexpected } from '../../processes/hostOutput.ts'
import { createParentTransport } from '../../processes/parentTransport.ts'
import { createCallQueue } from './callQueue.ts'
import { choose } from './choose.ts'
import { closeEngine, type Engine } from './engine.ts'
import { generate, isGreedy } from './generate.ts'
import { generateParts } from './generateParts.ts'
import { llmContract, type LlmContract, type LoadInput, type LoadItem } from './llmContract.ts'
import { loadModel } from './loadModel.ts'
import { rendered, tokenizeAnswer, tokenizePrefix } from './rendering.ts'
import { warmUp } from './warmUp.ts'

// The process that runs llama.cpp. If it crashes, the app continues and starts another one.

const queue = createCallQueue()
const running = new Map<string, AbortController>()
const logged = createEmitter<{ message: string }>()
const beats = createEmitter<null>()
let engine: Engine | undefined

function log(message: string): void {
  logged.emit({ message })
}

/** Milliseconds between progress events. */
const beatMs = 500
let lastBeat = -Infinity

function beat(): void {
  const now = performance.now()
  if (now - lastBeat < beatMs) return
  lastBeat = now
  beats.emit(null)
}

function loaded(): Engine {
  if (engine !== undefined) return engine
  throw new AppError('model-missing', 'No language model is loaded.')
}

async function close(): Promise<void> {
  const last = engine
  engine = undefined
  if (last !== undefined) await closeEngine(last)
}

async function* load(input: LoadInput, { signal }: CallContext): AsyncGenerator<LoadItem> {
  const release = await queue.enter(signal)
  try {
    await close()
    yield* loadModel(input, (opened) => (engine = opened), { log, beat }, signal)
  } finally {
    release()
  }
}

async function unload(signal: AbortSignal): Promise<void> {
  const release = await queue.enter(signal)
  try {
    await close()
  } finally {
    release()
  }
}

interface Aborted {
  readonly stop: 'aborted'
  readonly tokens: { readonly prompt: number; readonly reused: number; readonly generated: number }
}
const abortedInQueue: Aborted = {
  stop: 'aborted',
  tokens: { prompt: 0, reused: 0, generated: 0 },
}

/** Runs a call when it is its turn; `stop` ends it such that its last item still arrives. */
async function* inTurn<Item>(
  call: string,
  context: CallContext,
  work: (engine: Engine, signal: AbortSignal) => AsyncIterable<Item>,
  aborted: (how: Aborted) => Item,
): AsyncGenerator<Item> {
  const stopping = new AbortController()
  running.set(call, stopping)
  const signal = AbortSignal.any([stopping.signal, context.signal])
  try {
    const release = await queue.enter(signal)
    try {
      yield* work(loaded(), signal)
    } finally {
      release()
    }
  } catch (error) {
    if (!isCancelled(error)) throw error
    yield aborted(abortedInQueue)
  } finally {
    running.delete(call)
  }
}

const handlers: Handlers<LlmContract> = {
  llm: {
    load,
    unload: (_, { signal }) => unload(signal),
    // Tokenising doesn't use the context, so this needn't wait for a running answer.
    countTokens: ({ texts }) => {
      const ready = loaded()
      return texts.map((text) => tokenizeAnswer(ready, text).length)
    },
    render: ({ prompt }) => rendered(loaded(), prompt),
    async warmUp({ prompt }, context) {
      const { release, signal } = await queue.enterAhead(context.signal)
      try {
        const ready = loaded()
        await warmUp(ready, tokenizePrefix(ready, prompt), signal)
      } finally {
        release()
      }
    },
    generate: ({ call, prompt, options }, context) =>
      inTurn(
        call,
        context,
        (ready, signal) =>
          options.parts !== undefined && isGreedy(options)
            ? generateParts(ready, prompt, options.parts, options, signal)
            : generate(ready, prompt, options, signal),
        (how) => ({ type: 'done' as const, ...how }),
      ),
    choose: ({ call, prompt, candidates, options }, context) =>
      inTurn(
        call,
        context,
        (ready, signal) => choose(ready, prompt, candidates, options, signal),
        (how) => ({
          type: 'done' as const,
          probabilities: candidates.map(() => 1 / candidates.length),
          ...how,
        }),
      ),
    stop({ call }) {
      running.get(call)?.abort()
    },
    progress: beats.on,
    log: logged.on,
  },
}

serve(llmContract, handlers, createParentTransport(), { onUnexpectedError: reportUnexpected })
