import type { Token } from 'node-llama-cpp'
import type { AnswerPart } from '../../../shared/domain/template/answerParts.ts'
import { buildTrie, greedyLeaf } from './candidateTrie.ts'
import { useThreads, type Engine } from './engine.ts'
import { grammarState } from './grammarState.ts'
import type { GenerateItem } from './llmContract.ts'
import { missingOf } from './prefill.ts'
import { commonLength, tokenizeAnswer } from './rendering.ts'
import { createTextStream } from './textStream.ts'
import type { Walk } from './walk.ts'

type Stop = Extract<GenerateItem, { type: 'done' }>['stop']
type Open = Extract<AnswerPart, { kind: 'open' }>

/** An answer that is being written part by part. */
export interface Writing {
  readonly engine: Engine
  readonly walk: Walk
  readonly signal: AbortSignal
  readonly prompt: readonly Token[]
  /** Tokens that the answer may have. */
  readonly most: number
  readonly written: Token[]
  answer: string
  /** The last token of a value may contain the beginning of what follows it. */
  ahead: string
  /** As long as it is `end`, the next part is written. */
  stop: Stop
}

/** Writes the parts in order, until one ends the answer. */
export async function* writeParts(
  writing: Writing,
  parts: readonly AnswerPart[],
): AsyncGenerator<GenerateItem> {
  for (const part of parts) {
    if (writing.stop !== 'end') return
    yield* part.kind === 'choice' ? choose(writing, part.texts) : writeValue(writing, part)
  }
}

async function* choose(writing: Writing, texts: readonly string[]): AsyncGenerator<GenerateItem> {
  const { engine, walk, most, written } = writing
  const rests = texts.map((text) => text.slice(writing.ahead.length))
  writing.ahead = ''
  const trie = buildTrie(rests.map((text) => tokensOf(writing, text)))
  const { candidate, path } = await greedyLeaf(trie, ({ path: further, next, end }) =>
    walk.weigh({ path: [...written, ...further], next, end }, engine.endTokens),
  )
  const fitting = (path as Token[]).slice(0, most - written.length)
  const isWhole = fitting.length === path.length
  const text = isWhole ? (rests[candidate] ?? '') : engine.model.detokenize(fitting, false, written)
  if (!isWhole) writing.stop = 'length'
  written.push(...fitting)
  writing.answer += text
  if (text !== '') yield { type: 'text', text }
}

async function* writeValue(
  writing: Writing,
  { grammar, value }: Open,
): AsyncGenerator<GenerateItem> {
  const { engine, prompt, written, most } = writing
  const isWhole = new RegExp(value, 'u')
  const text = createTextStream(engine.model, [...prompt, ...written], writing.answer !== '')
  let own = ''
  if (written.length >= most) writing.stop = 'length'
  for await (const token of valueTokens(writing, grammar)) {
    const shown = text.push(token)
    own += shown
    if (shown !== '') yield { type: 'text', text: shown }
    const whole = isWhole.exec(own)?.[0]
    if (whole !== undefined) {
      writing.ahead = own.slice(whole.length)
      break
    }
    if (written.length >= most) writing.stop = 'length'
    if (stopped(writing)) break
  }
  const rest = text.flush()
  if (rest !== '') yield { type: 'text', text: rest }
  writing.answer += own + rest
}

/** The likeliest tokens under a grammar, until the model ends its answer or is aborted. */
async function* valueTokens(writing: Writing, grammar: string): AsyncGenerator<Token> {
  const { engine, signal, prompt, written } = writing
  if (stopped(writing)) return
  const missing = await missingOf(engine, [...prompt, ...written])
  const grammarEvaluationState = await grammarState(engine, grammar)
  const options = { temperature: 0, yieldEogToken: true, grammarEvaluationState }
  for await (const token of engine.sequence.evaluate(missing, options)) {
    engine.beat()
    useThreads(engine, engine.threads.generation)
    if (signal.aborted) writing.stop = 'aborted'
    if (stopped(writing) || engine.model.isEogToken(token)) return
    written.push(token)
    yield token
  }
}

function stopped({ stop }: Writing): boolean {
  return stop !== 'end'
}

/** Tokens of a text as they follow what is written. */
function tokensOf({ engine, answer, written }: Writing, text: string): readonly Token[] {
  const whole = tokenizeAnswer(engine, answer + text)
  // The model may have spelled what is written in another way than its tokenizer would.
  return commonLength(whole, written) === written.length
    ? whole.slice(written.length)
    : tokenizeAnswer(engine, text)
}
