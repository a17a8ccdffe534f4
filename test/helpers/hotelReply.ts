import type { Prompt } from '../../src/main/llm/llm.ts'
import { askedLine } from '../../src/main/chat/prompt.ts'
import { allowance, carried, pump, roof } from './hotelPapers.ts'

const replies: readonly (readonly [word: string, reply: string])[] = [
  ['roof', `${roof} [1]`],
  ['pump', `${pump} [1]`],
  ['over', `${carried} [1] Most teams plan these days in January.`],
  ['leave', `${allowance} [1] Part-time staff have as much in proportion to their hours. [1]`],
]

/** The model's answers about the hotel's papers, by a word of the question. */
export function hotelReply({ user }: Prompt): string {
  const question = user.slice(user.lastIndexOf(askedLine(''))).toLowerCase()
  return replies.find(([word]) => question.includes(word))?.[1] ?? 'Many offices allow it.'
}
