import {
  contentFreeInputs,
  contentFreeLean,
  type Probabilities,
} from '../../../shared/domain/statistics/contextualCalibration.ts'
import {
  variablesOf,
  type Example,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { createLruCache } from '../../flow/lruCache.ts'
import type { Llm, TokenUse } from '../../llm/llm.ts'
import type { TitledPassage } from '../../retrieval/titledPassages.ts'
import { addTokens, noTokens, weighLabels } from './askModel.ts'
import { fitRow, type FittedRow } from './fitRow.ts'

/** What is in the prompt of a row beside its values. */
export interface PromptContents {
  readonly examples: readonly Example[]
  readonly passages: readonly TitledPassage[]
  readonly contextSize: number
}

/** How much prompts lean towards each label, measured with inputs that have no content. */
export interface ContentFreeLeans {
  /** @returns the lean, and what asking for it cost. */
  leanOf(
    contents: PromptContents,
    labels: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly lean: Probabilities; readonly tokens: TokenUse }>
}

/** Prompts whose lean is remembered: one where all rows have the same examples and no sources. */
const keptLeans = 8

export function createContentFreeLeans(
  llm: Pick<Llm, 'countTokens' | 'render' | 'choose'>,
  template: Template,
): ContentFreeLeans {
  const leans = createLruCache<Probabilities>(keptLeans)

  /** The prompt of each input without content. */
  function promptsOf({ examples, passages, contextSize }: PromptContents): Promise<FittedRow[]> {
    return Promise.all(
      contentFreeInputs.map((input) => {
        const values = Object.fromEntries(variablesOf(template).map((name) => [name, input]))
        return fitRow({ llm, contextSize, template, examples, values }, passages)
      }),
    )
  }

  return {
    async leanOf(contents, labels, signal) {
      const prompts = await promptsOf(contents)
      const key = prompts.map(({ text }) => text).join('\0')
      const known = leans.get(key)
      if (known !== undefined) return { lean: known, tokens: noTokens }
      const answers: Probabilities[] = []
      let tokens = noTokens
      for (const { rendered } of prompts) {
        const answer = await weighLabels(llm, rendered, labels, () => undefined, signal)
        answers.push(answer.probabilities)
        tokens = addTokens(tokens, answer.tokens)
        if (answer.stop === 'aborted') break
      }
      const lean = contentFreeLean(answers)
      if (!signal.aborted) leans.set(key, lean)
      return { lean, tokens }
    },
  }
}
