import os from 'node:os'
import path from 'node:path'
import {
  getLlama,
  InsufficientMemoryError,
  Llama2ChatWrapper,
  resolveChatWrapper,
  type ChatWrapper,
  type Llama,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp'
import type { ModelFacts } from '../../../shared/domain/languageModel.ts'
import { AppError, throwIfAborted } from '../../../shared/errors.ts'
import { inspectModel } from '../gguf/modelFacts.ts'
import { chooseContext } from '../gguf/modelFit.ts'
import { createMarkBreaker } from './formatMarks.ts'
import type { LoadInput, Reading, ThreadCounts } from './llmContract.ts'
import { mostAtOnce } from './reading.ts'
import { isRepacked } from './repacking.ts'

export interface EngineEvents {
  /** Receives llama.cpp's log. */
  readonly log: (message: string) => void
  /** Called whenever a part of the work is done, to show progress to the watchdog. */
  readonly beat: () => void
}

/** A loaded model. */
export interface OpenModel {
  readonly file: string
  readonly llama: Llama
  readonly model: LlamaModel
  readonly facts: ModelFacts
  /** Whether it runs on a graphics card. */
  readonly gpu: boolean
  readonly beat: EngineEvents['beat']
  /** llama.cpp's log since it was started. */
  readonly said: readonly string[]
}

/** A model with a context, for measurements or for work. */
export interface Measurable {
  readonly llama: Llama
  readonly model: LlamaModel
  readonly sequence: LlamaContextSequence
  /** Called whenever a part of the work is done. */
  readonly beat: EngineEvents['beat']
}

/** A loaded model with its single context and configuration. */
export interface Engine extends Measurable {
  readonly context: LlamaContext
  /** Tokens; the context is smaller if memory doesn't suffice. */
  readonly contextWanted: number
  readonly chatFormat: ChatWrapper
  /** Breaks up the chat format's marks in a text, so that they can't end a turn. */
  readonly breakMarks: (text: string) => string
  readonly facts: ModelFacts
  /** Any of these ends an answer. */
  readonly endTokens: readonly Token[]
  readonly newlineToken: Token | undefined
  readonly reading: Reading
  readonly threads: ThreadCounts
}

/**
 * Loads a model.
 *
 * @throws AppError `model-missing`, `model-load-failed`, `out-of-memory`, `cancelled`.
 */
export async function openModel(
  input: LoadInput,
  onFraction: (fraction: number) => void,
  { log, beat }: EngineEvents,
  signal: AbortSignal,
): Promise<OpenModel> {
  const facts = await inspectModel(input.file)
  throwIfAborted(signal)
  const said: string[] = []
  // On Linux and Windows node-llama-cpp tests its binaries in a forked process first. In Electron
  // that fork would start a second app without this variable.
  if ('electron' in process.versions) process.env.ELECTRON_RUN_AS_NODE = '1'
  const llama = await getLlama({
    gpu: input.gpu ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    // The number of threads is set before each piece of work, see `useThreads`.
    maxThreads: 0,
    logger: (_level, message) => {
      said.push(message)
      log(message)
    },
  })
  try {
    const model = await llama.loadModel({
      modelPath: input.file,
      loadSignal: signal,
      // With a graphics card node-llama-cpp chooses.
      useMmap: llama.gpu === false ? !isRepacked(facts.quantisation) : 'auto',
      onLoadProgress(fraction) {
        beat()
        onFraction(fraction)
      },
    })
    const gpu = llama.gpu !== false && model.gpuLayers > 0
    return { file: input.file, llama, model, facts, gpu, beat, said }
  } catch (error) {
    await llama.dispose()
    throwIfAborted(signal)
    throw explain(error, input.file, said)
  }
}

/**
 * Gives a model its context. The model stays open if that fails.
 *
 * @param contextSize tokens; null: the default.
 * @throws AppError `model-load-failed`, `out-of-memory`, `cancelled`.
 */
export async function openEngine(
  open: OpenModel,
  contextSize: number | null,
  { threads, reading }: Pick<Engine, 'threads' | 'reading'>,
  signal: AbortSignal,
): Promise<Engine> {
  const { llama, model, facts, beat } = open
  const { wanted, chosen } = chooseContext(contextSize, facts)
  const context = await createContext(open, chosen, reading, signal)
  const chatFormat = chatFormatOf(model, facts)
  return {
    llama,
    model,
    context,
    contextWanted: wanted,
    sequence: sequenceOf(context),
    chatFormat,
    breakMarks: createMarkBreaker(model, chatFormat),
    facts,
    endTokens: [...model.iterateAllTokens()].filter((token) => model.isEogToken(token)),
    newlineToken: model.tokenize('x\n', false).at(-1),
    beat,
    reading,
    threads,
  }
}

/**
 * By default node-llama-cpp drops the beginning of a full context. Prompts are fitted beforehand,
 * so that would be a bug: throw instead.
 */
export function sequenceOf(context: LlamaContext): LlamaContextSequence {
  return context.getSequence({ contextShift: { strategy: refuseToForget } })
}

/** Frees everything in the order that llama.cpp requires. */
export async function closeEngine(engine: Engine): Promise<void> {
  await engine.sequence.dispose()
  await engine.context.dispose()
  await closeModel(engine)
}

/** Frees a model without a context. */
export async function closeModel({
  model,
  llama,
}: Pick<OpenModel, 'model' | 'llama'>): Promise<void> {
  await model.dispose()
  await llama.dispose()
}

/** Sets the number of threads for the following work. */
export function useThreads(engine: Pick<Engine, 'llama'>, threads: number): void {
  // A context's own number is fixed at its creation; this public limit can be changed later.
  if (engine.llama.maxThreads !== threads) engine.llama.maxThreads = threads
}

/** Thread counts to use without a measurement: at most the number of cores. */
export function defaultThreads(): ThreadCounts {
  const cores = os.availableParallelism()
  const threads = Math.max(1, Math.min(cores, 8))
  return { prefill: threads, generation: threads }
}

function chatFormatOf(model: LlamaModel, facts: ModelFacts): ChatWrapper {
  if (facts.chatFormat === 'llama-2') return new Llama2ChatWrapper()
  return resolveChatWrapper(model, { warningLogs: false })
}

/**
 * @param contextSize tokens.
 * @throws AppError `model-load-failed`, `out-of-memory`, `cancelled`.
 */
export async function createContext(
  { model, gpu, file, said }: OpenModel,
  contextSize: number,
  reading: Reading,
  createSignal: AbortSignal,
): Promise<LlamaContext> {
  try {
    return await model.createContext({
      // A range: with a single number a context that doesn't fit fails instead of becoming smaller.
      contextSize: { min: Math.min(contextSize, 512), max: contextSize },
      sequences: 1,
      threads: os.availableParallelism(),
      flashAttention: gpu ? 'auto' : reading.flashAttention,
      ...(gpu ? {} : { batchSize: Math.min(contextSize, mostAtOnce(reading)) }),
      createSignal,
    })
  } catch (error) {
    throwIfAborted(createSignal)
    throw explain(error, file, said)
  }
}

function refuseToForget(): never {
  throw new Error('The context is full')
}

function explain(error: unknown, file: string, said: readonly string[]): AppError {
  if (error instanceof AppError) return error
  const base = path.basename(file)
  const log = said.join('\n')
  if (error instanceof InsufficientMemoryError || /failed to allocate|out of memory/iu.test(log)) {
    return new AppError(
      'out-of-memory',
      `There is not enough free memory for the model ${base}. Close other programs, or choose a smaller model.`,
      { cause: error },
    )
  }
  if (/not within the file bounds|incomplete|failed to read|reached end/iu.test(log)) {
    return new AppError(
      'model-load-failed',
      `The model file ${base} is not complete. Download it again.`,
      { cause: error },
    )
  }
  return new AppError(
    'model-load-failed',
    `The model file ${base} could not be loaded: it is damaged or of a kind that Penknife cannot run. Choose another file.`,
    { cause: error },
  )
}
