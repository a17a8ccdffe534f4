import type { Example, InputValues, Template } from '../../shared/domain/template/template.ts'
import type { GenerateOptions } from '../llm/llm.ts'

/** A template that answers are to follow. */
export interface ChosenTemplate {
  readonly id: string
  /** The saved version; null: a file, or one that ships with the app. */
  readonly version: number | null
  readonly template: Template
  /** How it lets a model write. */
  readonly options: GenerateOptions
  /** The examples that stand in the prompt of a question, in their order. */
  examplesFor(values: InputValues, signal: AbortSignal): Promise<readonly Example[]>
}

/** What asking needs to know of templates. */
export interface AnswerTemplates {
  /**
   * The latest saved version of a template.
   *
   * @returns null if there is no such template any more.
   */
  find(id: string): Promise<ChosenTemplate | null>
}
