import { z } from 'zod'

/** A model's choices of a quote, for questions whose answers are known. */
export const choiceMeasured = z
  .object({
    /** Questions that were asked and have a right candidate. */
    questions: z.number().int(),
    /** How often the first of the search's order was right, the model's own choice, and the two together. */
    order: z.number().int(),
    model: z.number().int(),
    together: z.number().int(),
    /** What counts from now on; null: too few questions to say. */
    counts: z.enum(['order', 'both']).nullable(),
  })
  .readonly()
export type ChoiceMeasured = z.infer<typeof choiceMeasured>

export function choiceInWords(choice: ChoiceMeasured): string {
  const { questions, order, model, together, counts } = choice
  if (counts === null) {
    return 'In Quote its choice counts as usual: too few questions could be asked to measure it.'
  }
  const right = `Of ${String(questions)} questions the search’s first sentence is right for ${String(order)}, the model’s own choice for ${String(model)}`
  return counts === 'order'
    ? `${right}. Its choice adds nothing, so in Quote the order of the search decides.`
    : `${right}, the two together for ${String(together)}. In Quote both count.`
}
