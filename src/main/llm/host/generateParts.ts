import type { Token } from 'node-llama-cpp'
import type { AnswerPart } from '../../../shared/domain/template/answerParts.ts'
import { isCancelled } from '../../../shared/errors.ts'
import { buildTrie, greedyLeaf } from './candidateTrie.ts'
import { useThreads, type Engine } from './engine.ts'
import { grammarState } from './grammarState.ts'
import type { GenerateItem, GenerateOptions, Prompt } from './llmContract.ts'
import { missingOf, prefill } from './prefill.ts'
import { commonLength, tokenizeAnswer, tokenizePrompt } from './rendering.ts'
import { createTextStream } from './textStream.ts'
import { createWalk } from './walk.ts'

type Done = Extract<GenerateItem, { type: 'done' }>
type Open = Extract<AnswerPart, { kind: 'open' }>

/**
 * Writes an answer whose form is given in parts, with the likeliest token each time. What is certain
 * is read together with what comes before it instead of being written token by token, and at the end
 * not even read. Aborting ends the stream with what was written.
 */
export async function* generateParts(
  engine: Engine,
  prompt: Prompt,
  parts: readonly AnswerPart[],
  { maxTokens }: Pick<GenerateOptions, 'maxTokens'>,
  signal: AbortSignal,
): AsyncGenerator<GenerateItem> {
  const { sequence, model } = engine
  const tokens = tokenizePrompt(engine, prompt)
  const start = yield* prefill(engine, tokens, signal)
  const reused = start?.reused ?? sequence.nextTokenIndex
  const walk = createWalk(engine, tokens, signal)
  const most = Math.min(maxTokens, sequence.contextSize - 1 - tokens.length)
  const written: Token[] = []
  let answer = ''
  /** The last token of a value may hold the beginning of what follows it. */
  let ahead = ''
  let stop: Done['stop'] = start === undefined ? 'aborted' : 'end'
  if (start !== undefined) {
    yield { type: 'prefill', done: tokens.length, total: tokens.length, reused }
  }
  try {
    for (const part of parts) {
      if (stop !== 'end') break
      yield* part.kind === 'choice' ? choose(part.texts) : write(part)
    }
  } catch (error) {
    if (!isCancelled(error)) throw error
    stop = 'aborted'
  }
  yield { type: 'done', stop, tokens: { prompt: tokens.length, reused, generated: written.length } }

  async function* choose(texts: readonly string[]): AsyncGenerator<GenerateItem> {
    const rests = texts.map((text) => text.slice(ahead.length))
    ahead = ''
    const trie = buildTrie(rests.map(tokensOf))
    const { candidate, path } = await greedyLeaf(trie, ({ path: further, next, end }) =>
      walk.weigh({ path: [...written, ...further], next, end }, engine.endTokens),
    )
    const fitting = (path as Token[]).slice(0, most - written.length)
    const isWhole = fitting.length === path.length
    const text = isWhole ? (rests[candidate] ?? '') : model.detokenize(fitting, false, written)
    if (!isWhole) stop = 'length'
    written.push(...fitting)
    answer += text
    if (text !== '') yield { type: 'text', text }
  }

  async function* write({ grammar, value }: Open): AsyncGenerator<GenerateItem> {
    const isWhole = new RegExp(value, 'u')
    const text = createTextStream(model, [...tokens, ...written], answer !== '')
    const missing = await missingOf(engine, [...tokens, ...written])
    const grammarEvaluationState = await grammarState(engine, grammar)
    const options = { temperature: 0, yieldEogToken: true, grammarEvaluationState }
    let own = ''
    if (written.length >= most) stop = 'length'
    if (stop !== 'end') return
    for await (const token of sequence.evaluate(missing, options)) {
      engine.beat()
      useThreads(engine, engine.threads.generation)
      if (signal.aborted) stop = 'aborted'
      if (stop !== 'end' || model.isEogToken(token)) break
      written.push(token)
      const shown = text.push(token)
      own += shown
      if (shown !== '') yield { type: 'text', text: shown }
      const whole = isWhole.exec(own)?.[0]
      if (whole !== undefined) {
        ahead = own.slice(whole.length)
        break
      }
      if (written.length >= most) stop = 'length'
      if (stop !== 'end') break
    }
    const rest = text.flush()
    if (rest !== '') yield { type: 'text', text: rest }
    answer += own + rest
  }

  /** Tokens of a text as they follow what is written. */
  function tokensOf(text: string): readonly Token[] {
    const whole = tokenizeAnswer(engine, answer + text)
    // The model may have spelled what is written in another way than its tokenizer would.
    return commonLength(whole, written) === written.length
      ? whole.slice(written.length)
      : tokenizeAnswer(engine, text)
  }
}
