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
  /** null: measured once per model and computer. */
  readonly threads: number | null
  readonly gpu: boolean
  /** Measures even if there is a calibration. */
  readonly measure?: true
}

export interface LlmInfo {
  readonly file: string
  /** `general.name` in the metadata, else the file name. */
  readonly name: string
  readonly architecture: string
  readonly contextSize: number
  /** More than `contextSize` if memory doesn't suffice. */
  readonly contextWanted?: number
  readonly threads: number
  /** Whether it runs on a graphics card. */
  readonly gpu?: boolean
}

/**
 * Progress of loading: `fraction` is 0 to 1 while reading the file, then again while `measuring`.
 */
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
  /**
   * The prompt is being evaluated: `done` of `total` tokens, of which `reused` were in the KV
   * cache.
   */
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
  /** Texts that end the answer; they aren't part of it. */
  readonly stopTexts?: readonly string[]
  /** GBNF. */
  readonly grammar?: string
  /**
   * The same format as parts, if it can be split: at temperature 0 the model only generates the
   * parts that aren't fixed.
   */
  readonly parts?: readonly AnswerPart[]
}

export type ChooseItem =
  | Extract<GenerateItem, { type: 'prefill' }>
  /** The next line of the answer, sent as soon as it is certain. */
  | { readonly type: 'choice'; readonly candidate: number }
  | {
      readonly type: 'done'
      /**
       * For each candidate, the probability that the model begins its answer with it. Sums to 1.
       */
      readonly probabilities: readonly number[]
      readonly stop: 'end' | 'length' | 'aborted'
      readonly tokens: TokenUse
    }

export interface ChooseOptions {
  /** The most candidates that an answer may consist of. */
  readonly maxChoices: number
  /** Candidates after which the answer ends, by index (the refusal). */
  readonly final: readonly number[]
  /**
   * A prior weight per candidate, by which the model's probability is multiplied to choose the
   * first one. The reported probabilities are the model's.
   */
  readonly prior?: readonly number[]
}

/** The language model. One model, one context, one call at a time; further calls wait. */
export interface Llm {
  /** Loads a model in place of the previous one. */
  load(
    options: LoadOptions,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LlmInfo>
  unload(): Promise<void>
  /** Lengths of texts in the model's tokens. */
  countTokens(texts: readonly string[]): Promise<readonly number[]>
  /** The prompt as the model reads it, and its length in tokens. */
  render(prompt: Prompt): Promise<{ readonly text: string; readonly tokens: number }>
  /** Evaluates system and history before the question is asked. Aborted by any other call. */
  warmUp(prompt: Pick<Prompt, 'system' | 'history'>): Promise<void>
  /** Aborting ends the stream with `done` and `stop: 'aborted'`; it does not throw. */
  generate(
    prompt: Prompt,
    options: GenerateOptions,
    signal?: AbortSignal,
  ): AsyncIterable<GenerateItem>
  /** Answers with one or more of `candidates`, verbatim. */
  choose(
    prompt: Prompt,
    candidates: readonly string[],
    options: ChooseOptions,
    signal?: AbortSignal,
  ): AsyncIterable<ChooseItem>
  /** Calls `listener` after the process crashed; the model must be loaded again. */
  onCrash(listener: (message: string) => void): () => void
  dispose(): Promise<void>
}
