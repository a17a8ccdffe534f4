import { renderTemplate } from '../../../shared/domain/template/renderTemplate.ts'
import type { Turn } from '../../../shared/domain/conversation.ts'
import type { Llm } from '../../llm/llm.ts'
import type { ChosenTemplate } from '../../prompting/chosenTemplate.ts'
import { templateHistory } from './templateHistory.ts'

/**
 * Evaluates the prefix of the next prompt in advance. Does nothing for the text layout, where the
 * examples are in the same message as the question: they are in the KV cache already, and anything
 * else would evict them. Nor if the examples depend on the question.
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
