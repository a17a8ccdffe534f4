import { renderTemplate } from '../../../shared/domain/template/renderTemplate.ts'
import type { Turn } from '../../../shared/domain/conversation.ts'
import type { Llm } from '../../llm/llm.ts'
import type { ChosenTemplate } from '../../prompting/chosenTemplate.ts'
import { templateHistory } from './templateHistory.ts'

/**
 * Reads ahead what the next prompt begins with. In a layout of text the examples stand beside the
 * question: the model has just read them, and reading anything else would only push them out. Nor
 * is anything read where the examples are chosen by the question.
 *
 * @param turns oldest first.
 */
export async function readTemplateAhead(
  llm: Pick<Llm, 'warmUp'>,
  chosen: ChosenTemplate,
  turns: readonly Turn[],
): Promise<void> {
  const { template } = chosen
  if (template.layout === 'text' || template.choice.kind === 'nearest') return
  const own = await chosen.examplesFor({}, AbortSignal.timeout(1_000))
  const examples = [...own, ...templateHistory(chosen, turns)]
  const { system, history } = renderTemplate({ template, examples, sources: [], values: {} })
  await llm.warmUp({ system, history })
}
