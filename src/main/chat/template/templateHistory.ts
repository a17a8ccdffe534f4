import type { Turn } from '../../../shared/domain/conversation.ts'
import type { Example, Template } from '../../../shared/domain/template/template.ts'
import { questionValues } from './templateQuestion.ts'

/**
 * Earlier turns as examples that follow the template's own. Only complete turns of this template
 * are used; others would teach the model another format.
 *
 * @param turns oldest first.
 */
export function templateHistory(
  { id, template }: { readonly id: string; readonly template: Template },
  turns: readonly Turn[],
): readonly Example[] {
  return turns.flatMap((turn) => {
    const { answer } = turn
    const followed = answer?.template
    if (answer?.status !== 'complete' || answer.cutOff || answer.kind === 'not-found') return []
    if (followed?.kind !== 'followed' || followed.id !== id) return []
    if (followed.check?.inDomain !== true || followed.check.repairs.length > 0) return []
    const values = questionValues(template, turn.question)
    return [{ id: turn.id, values, output: followed.reply.trim(), note: '', enabled: true }]
  })
}
