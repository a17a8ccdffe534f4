import type { Answer } from './conversation.ts'

/** Why an answer has only passages. */
export function passagesInWords({
  template,
  needsTooManyTokens,
}: Pick<Answer, 'template' | 'needsTooManyTokens'>): string {
  if (needsTooManyTokens) {
    return 'The model was not asked: it needs too many tokens for text in this language.'
  }
  return template?.kind === 'followed'
    ? 'No model answered, so the template was not followed.'
    : 'No model answered.'
}
