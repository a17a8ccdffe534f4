import type {
  ChooseItem,
  GenerateItem,
  GenerateOptions,
  Llm,
  LlmInfo,
  Prompt,
} from '../../src/main/llm/llm.ts'

export interface FakeLlm extends Llm {
  /** Every prompt that was answered. */
  readonly prompts: Prompt[]
  /** The options of each generation. */
  readonly options: GenerateOptions[]
  /** Every prefix that was read ahead. */
  readonly warmedUp: Pick<Prompt, 'system' | 'history'>[]
}

export const fakeInfo: LlmInfo = {
  file: '/models/fake.gguf',
  name: 'fake',
  architecture: 'llama',
  contextSize: 2048,
  threads: 1,
}

/** A pace that lets `count` words pass, then waits until the answer is stopped. */
export function pauseAfter(count: number): (signal?: AbortSignal) => Promise<void> {
  let passed = 0
  return (signal) => {
    passed += 1
    if (passed <= count) return Promise.resolve()
    return new Promise((resolve) => {
      signal?.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}

const words = (text: string): number => text.split(/\s+/u).filter(Boolean).length
const tokens = { prompt: 10, reused: 2, generated: 3 }

export type FakeReply = string | Error

/**
 * A model whose tokens are words. It writes `reply`, one word at a time, waiting for `pace` before
 * each, as far as it may; of candidates it takes the first.
 */
export function createFakeLlm(
  reply: FakeReply | ((prompt: Prompt) => FakeReply) = '',
  pace: (signal?: AbortSignal) => Promise<void> = () => Promise.resolve(),
): FakeLlm {
  const prompts: Prompt[] = []
  const asked: GenerateOptions[] = []
  const warmedUp: Pick<Prompt, 'system' | 'history'>[] = []
  const textOf = ({ system, history, user }: Prompt): string =>
    [system, ...history.flatMap((turn) => [turn.user, turn.assistant]), user].join('\n')

  async function* generate(
    prompt: Prompt,
    options: GenerateOptions,
    signal?: AbortSignal,
  ): AsyncIterable<GenerateItem> {
    prompts.push(prompt)
    asked.push(options)
    yield { type: 'prefill', done: 8, total: 10, reused: 2 }
    const written = typeof reply === 'function' ? reply(prompt) : reply
    if (written instanceof Error) throw written
    for (const [index, text] of written.split(/(?<=\s)/u).entries()) {
      if (index === options.maxTokens) {
        yield { type: 'done', stop: 'length', tokens: { ...tokens, generated: index } }
        return
      }
      await pace(signal)
      if (signal?.aborted === true) {
        yield { type: 'done', stop: 'aborted', tokens }
        return
      }
      yield { type: 'text', text }
    }
    yield { type: 'done', stop: 'end', tokens }
  }

  async function* choose(prompt: Prompt, candidates: readonly string[]): AsyncIterable<ChooseItem> {
    prompts.push(prompt)
    await pace()
    yield { type: 'choice', candidate: 0 }
    const probabilities = candidates.map((_, index) => (index === 0 ? 1 : 0))
    yield { type: 'done', probabilities, stop: 'end', tokens }
  }

  return {
    prompts,
    options: asked,
    warmedUp,
    load: () => Promise.resolve(fakeInfo),
    unload: () => Promise.resolve(),
    countTokens: (texts) => Promise.resolve(texts.map(words)),
    render: (prompt) => Promise.resolve({ text: textOf(prompt), tokens: words(textOf(prompt)) }),
    warmUp: (prefix) => Promise.resolve(void warmedUp.push(prefix)),
    generate,
    choose,
    onCrash: () => () => undefined,
    dispose: () => Promise.resolve(),
  }
}
