import type { SequenceEvaluateOptions, Token } from 'node-llama-cpp'
import { useThreads, type Engine } from './engine.ts'
import { grammarState } from './grammarState.ts'
import type { GenerateItem, GenerateOptions, Prompt } from './llmContract.ts'
import { prefill, room } from './prefill.ts'
import { tokenizePrompt } from './rendering.ts'
import { createStopTexts } from './stopTexts.ts'
import { createTextStream } from './textStream.ts'

type Done = Extract<GenerateItem, { type: 'done' }>

/** Tokens at the end of an answer that a penalty for repeating looks at. */
const penalised = 64

/** Whether each token is the likeliest one, so that nothing but the model decides. */
export function isGreedy({ temperature, repeatPenalty = 1 }: GenerateOptions): boolean {
  return temperature === 0 && repeatPenalty === 1
}

/** Generates an answer. Aborting ends the stream with what was written. */
export async function* generate(
  engine: Engine,
  prompt: Prompt,
  options: GenerateOptions,
  signal: AbortSignal,
): AsyncGenerator<GenerateItem> {
  const tokens = tokenizePrompt(engine, prompt)
  const written: Token[] = []
  const sampling = await samplingOptions(engine, options, written)
  const start = yield* prefill(engine, tokens, signal)
  const reused = start?.reused ?? engine.sequence.nextTokenIndex
  let generated = 0
  const done = (stop: Done['stop']): Done => ({
    type: 'done',
    stop,
    tokens: { prompt: tokens.length, reused, generated },
  })
  if (start === undefined || options.maxTokens === 0) {
    yield done(start === undefined ? 'aborted' : 'length')
    return
  }

  const text = createTextStream(engine.model, tokens)
  const stops = createStopTexts(options.stopTexts ?? [])
  let stop: Done['stop'] = 'length'
  for await (const token of engine.sequence.evaluate([...start.rest], sampling)) {
    engine.beat()
    if (generated === 0) {
      yield { type: 'prefill', done: tokens.length, total: tokens.length, reused }
      useThreads(engine, engine.threads.generation)
    }
    if (signal.aborted) stop = 'aborted'
    else if (engine.model.isEogToken(token)) stop = 'end'
    if (stop !== 'length') break
    generated += 1
    written.push(token)
    const shown = stops.push(text.push(token))
    if (shown !== '') yield { type: 'text', text: shown }
    if (stops.stopped) {
      stop = 'end'
      break
    }
    // Only continue if the next token still fits the context.
    if (generated >= options.maxTokens || room(engine) < 1) break
  }
  const rest = stops.push(text.flush()) + stops.flush()
  if (rest !== '') yield { type: 'text', text: rest }
  yield done(stop)
}

async function samplingOptions(
  engine: Engine,
  { grammar: rules, temperature, seed, topP, topK, minP, repeatPenalty = 1 }: GenerateOptions,
  written: readonly Token[],
): Promise<SequenceEvaluateOptions> {
  const grammar = rules === undefined ? undefined : await grammarState(engine, rules)
  return {
    temperature,
    // Needed to distinguish the end of the answer from a full context.
    yieldEogToken: true,
    ...(seed === undefined ? {} : { seed }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(minP === undefined ? {} : { minP }),
    ...(repeatPenalty === 1
      ? {}
      : {
          repeatPenalty: {
            penalty: repeatPenalty,
            maxPunishTokens: penalised,
            punishTokens: () => written.slice(-penalised),
          },
        }),
    ...(grammar === undefined ? {} : { grammarEvaluationState: grammar }),
  }
}
