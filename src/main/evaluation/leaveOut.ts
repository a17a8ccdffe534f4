import { createRandom, shuffled } from '../../shared/domain/random.ts'
import type { SquadParagraph, SquadQuestion } from './squad.ts'

/** A question with the id of its paragraph. */
export interface DrawnQuestion {
  readonly question: SquadQuestion
  readonly paragraph: string
}

/** Questions that can be answered from what was kept, and such that can't. */
export interface PresentAndAbsent {
  readonly present: readonly DrawnQuestion[]
  readonly absent: readonly DrawnQuestion[]
  readonly kept: readonly SquadParagraph[]
}

const seed = 20_240_501

/**
 * Leaves out whole paragraphs, at most half of all, until they contain `sample` questions; the rest of
 * the same article stays. Draws as many of the questions about what is kept. The same file gives the
 * same draw.
 */
export function leaveOut(paragraphs: readonly SquadParagraph[], sample: number): PresentAndAbsent {
  const random = createRandom(seed)
  const order = shuffled(paragraphs, random)
  const absent: DrawnQuestion[] = []
  let leftOut = 0
  while (absent.length < sample && leftOut < order.length / 2) {
    absent.push(...questionsOf(order[leftOut]))
    leftOut += 1
  }
  const kept = order.slice(leftOut)
  return {
    present: shuffled(kept.flatMap(questionsOf), random).slice(0, sample),
    absent: shuffled(absent, random).slice(0, sample),
    kept,
  }
}

function questionsOf(paragraph: SquadParagraph | undefined): DrawnQuestion[] {
  if (paragraph === undefined) return []
  return paragraph.questions.map((question) => ({ question, paragraph: paragraph.id }))
}
