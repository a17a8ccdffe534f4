import { describe, expect, test } from 'vitest'
import { exportMarkdown } from '../../../src/main/chat/exportMarkdown.ts'
import type { Answer, Conversation } from '../../../src/shared/domain/conversation.ts'
import { answerOf, scripts, turnOf } from '../../helpers/fakeAnswers.ts'
import { createFakeLibrary } from '../../helpers/fakeLibrary.ts'
import { inFormOf } from '../../helpers/fakeTemplateAnswers.ts'
import { factsTemplate } from '../../helpers/writtenTemplates.ts'

const library = createFakeLibrary()
const form = (reply?: string) =>
  inFormOf(answerOf(library, scripts.allowance), factsTemplate, { id: 'facts', version: 2, reply })

function exported(answer: Answer): string {
  const conversation: Conversation = {
    version: 1,
    id: 'c',
    title: 'Leave',
    createdAt: '',
    updatedAt: '',
    scope: { kind: 'all' },
    answering: null,
    template: 'facts',
    sampling: null,
    turns: [turnOf('t', 'How many days?', answer)],
  }
  return exportMarkdown(conversation)
}

describe('a conversation with a template, as Markdown', () => {
  test('names the template and its version, the fields as written, and the citations', () => {
    const answer = form()
    expect(exported(answer)).toContain(
      `## How many days?\n\n*Template: Answer with its figure, version 2.*\n\n> \`\`\`json\n> ${answer.text}\n> \`\`\`\n\n- [1] leave-policy.pdf, page`,
    )
  })

  test('sentences that are not, or only partly, supported are named', () => {
    const answer = answerOf(library, scripts.carried)
    const [first, ...others] = answer.sentences.map((one) => one)
    const sentences = first === undefined ? [] : [{ ...first, support: 'part' as const }, ...others]
    const markdown = exported({ ...answer, sentences })
    expect(markdown).toContain(`*Partly supported by the sources: “${first?.text ?? ''}”*`)
    expect(markdown).toContain(
      '*Not supported by the sources: “Most teams plan these days in January.”*',
    )
  })

  test('the problems of a reply are listed below it; a fence in the reply does not end its block', () => {
    const markdown = exported(form('```json\n{"found": true, "days": 2}\n```'))
    expect(markdown).toContain('> ````json\n> ```json\n')
    expect(markdown).toContain('*In “answer”: It is missing.*')
  })

  test('says where and why an answer was cut off', () => {
    const answer = answerOf(library, scripts.allowance)
    const tokens = { ...answer.tokens, generated: 512 }
    expect(exported({ ...answer, cutOff: true, tokens })).toContain(
      '\n\n*Cut off here: the answer reached its limit of 512 tokens.*\n\n- [1] ',
    )
    expect(exported({ ...answer, status: 'stopped' })).toContain('\n\n*Stopped here.*\n\n')
  })

  test('says that the template was deleted', () => {
    const template = { kind: 'missing', id: 'facts' } as const
    expect(exported({ ...answerOf(library, scripts.allowance), template })).toContain(
      '*The template had been deleted; this follows none.*\n\n> Full-time staff',
    )
  })
})
