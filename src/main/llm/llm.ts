import type {
  ChooseItem,
  ChooseOptions,
  GenerateItem,
  GenerateOptions,
  LoadProgress,
  Prompt,
  PromptPrefix,
} from './host/llmContract.ts'

export type { ChooseItem, ChooseOptions, GenerateItem, GenerateOptions, LoadProgress, Prompt }
export type { PromptTurn, TokenUse } from './host/llmContract.ts'

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
  warmUp(prompt: PromptPrefix): Promise<void>
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
