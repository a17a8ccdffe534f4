import type { AnswerPart } from '../../shared/domain/template/answerParts.ts'

/** One earlier question with its answer, without its sources. */
export interface PromptTurn {
  readonly user: string
  readonly assistant: string
}

/** A prompt in chat form; the model's own format is applied by the port. */
export interface Prompt {
  readonly system: string
  readonly history: readonly PromptTurn[]
  readonly user: string
}

export interface LoadOptions {
  /** Path of a GGUF file. */
  readonly file: string
  /** Tokens; null: chosen from the trained context, at most 4,096. */
  readonly contextSize: number | null
  /** null: measured once a model and machine. */
  readonly threads: number | null
  readonly gpu: boolean
  /** Measures the threads even if that was done before. */
  readonly measure?: true
}

export interface LlmInfo {
  readonly file: string
  /** `general.name` of the file, else its file name. */
  readonly name: string
  readonly architecture: string
  readonly contextSize: number
  /** More than `contextSize` where memory does not reach. */
  readonly contextWanted?: number
  readonly threads: number
  /** Whether it runs on a graphics card. */
  readonly gpu?: boolean
}

/** What loading tells: `fraction` 0 to 1 while reading the file, then while `measuring` threads. */
export interface LoadProgress {
  readonly stage: 'loading' | 'measuring'
  readonly fraction: number
}

export interface TokenUse {
  readonly prompt: number
  readonly reused: number
  readonly generated: number
}

export type GenerateItem =
  /** The prompt is being evaluated: `done` of `total` tokens, `reused` of them were there already. */
  | {
      readonly type: 'prefill'
      readonly done: number
      readonly total: number
      readonly reused: number
    }
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'done'
      readonly stop: 'end' | 'length' | 'aborted'
      readonly tokens: TokenUse
    }

export interface GenerateOptions {
  readonly maxTokens: number
  /** 0: the likeliest token each time. */
  readonly temperature: number
  readonly seed?: number
  /** Ends the answer when it appears; it is not part of the answer. */
  readonly stopTexts?: readonly string[]
  /** GBNF. */
  readonly grammar?: string
  /**
   * The same form cut into parts, where it can be: at temperature 0 only what is not certain is
   * asked of the model.
   */
  readonly parts?: readonly AnswerPart[]
}

export type ChooseItem =
  | Extract<GenerateItem, { type: 'prefill' }>
  /** The next line of the answer, whole as soon as it is certain. */
  | { readonly type: 'choice'; readonly candidate: number }
  | {
      readonly type: 'done'
      /** Of each candidate, that the model begins its answer with it; sums to 1. */
      readonly probabilities: readonly number[]
      readonly stop: 'end' | 'length' | 'aborted'
      readonly tokens: TokenUse
    }

export interface ChooseOptions {
  /** How many different candidates may follow one another, at most. */
  readonly maxChoices: number
  /** Candidates after which the answer ends, by index (the refusal). */
  readonly final: readonly number[]
  /**
   * What else is known of each candidate, as a weight that the model's probability of it is
   * multiplied with to choose the first one. The probabilities that are reported are the model's.
   */
  readonly prior?: readonly number[]
}

/** The language model. One model, one context, one call at a time; further calls wait. */
export interface Llm {
  /** Loads a model in place of the one before. */
  load(
    options: LoadOptions,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LlmInfo>
  unload(): Promise<void>
  /** Lengths in the model's own tokens. */
  countTokens(texts: readonly string[]): Promise<readonly number[]>
  /** The prompt as the model reads it, and its length in tokens. */
  render(prompt: Prompt): Promise<{ readonly text: string; readonly tokens: number }>
  /** Evaluates system and history ahead of the question. Gives way at once to any other call. */
  warmUp(prompt: Pick<Prompt, 'system' | 'history'>): Promise<void>
  /** Aborting ends the stream with `done` and `stop: 'aborted'`; it does not throw. */
  generate(
    prompt: Prompt,
    options: GenerateOptions,
    signal?: AbortSignal,
  ): AsyncIterable<GenerateItem>
  /** Answers with one or more of `candidates`, word for word. */
  choose(
    prompt: Prompt,
    candidates: readonly string[],
    options: ChooseOptions,
    signal?: AbortSignal,
  ): AsyncIterable<ChooseItem>
  /** Calls `listener` when the process died; the model must be loaded again. */
  onCrash(listener: (message: string) => void): () => void
  dispose(): Promise<void>
}
