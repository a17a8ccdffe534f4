import { emptyAnswer } from '../../src/main/chat/sources.ts'
import { splitSentences } from '../../src/shared/domain/sentences.ts'
import type {
  Answer,
  AnswerSentence,
  Citation,
  Turn,
} from '../../src/shared/domain/conversation.ts'
import { outputFormat } from '../../src/shared/domain/template/outputFormat.ts'
import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import { turnOf } from '../helpers/fakeAnswers.ts'

/** A turn, and the letters that its answer must show. */
export interface AskedText {
  readonly turn: Turn
  readonly text: string
  /** Whether some of its signs may have become form. */
  readonly form: 'markdown' | 'text'
}

const supports = ['whole', 'part', 'none'] as const

/** A text as a written answer and as a quotation; some also as passages and in a template's forms. */
export function markedTurns(text: string, at: number): readonly AskedText[] {
  const written = { ...emptyAnswer, text, model: 'a model', sentences: sentencesOf(text) }
  const quotation = quotationOf(text)
  const more: readonly Omit<AskedText, 'turn'>[] = [{ text, form: 'text' }]
  const answers: readonly (Omit<AskedText, 'turn'> & { readonly answer: Answer })[] = [
    { answer: written, text, form: 'markdown' },
    { answer: quotation, text: quotation.text, form: 'text' },
    ...(at % 5 === 0 ? more.map((one) => ({ ...one, answer: inField(text) })) : []),
    ...(at % 5 === 1 ? more.map((one) => ({ ...one, answer: brokenReply(text) })) : []),
    ...(at % 5 === 2
      ? [
          {
            answer: { ...quotation, kind: 'passages', model: null } as const,
            text: quotation.text,
            form: 'text' as const,
          },
        ]
      : []),
  ]
  return answers.map(({ answer, ...asked }, index) => {
    const id = `${String(at)}-${String(index)}`
    return { ...asked, turn: turnOf(id, `Question ${id}`, answer) }
  })
}

function sentencesOf(text: string): readonly AnswerSentence[] {
  return splitSentences(text).map(({ start, end }, index) => ({
    start,
    end,
    text: text.slice(start, end),
    support: supports[index % supports.length] ?? 'none',
    citations: [],
  }))
}

function quotationOf(text: string): Answer {
  const said = `“${text}”`
  const citation: Citation = {
    number: 1,
    chunk: 'gone:1',
    document: 'gone',
    name: 'gone.txt',
    contentId: 'gone',
    page: 1,
    start: 0,
    end: text.length,
    quote: text,
  }
  const sentence = {
    start: 0,
    end: said.length,
    text: said,
    support: 'whole',
    citations: [citation],
  } as const
  return {
    ...emptyAnswer,
    kind: 'quoted',
    model: 'a model',
    text: `${said} [1]`,
    sentences: [sentence],
  }
}

const format = outputFormat.parse({
  kind: 'json',
  fields: [{ name: 'note', type: { kind: 'text' } }],
})

function inField(text: string): Answer {
  return following(JSON.stringify({ note: text }), text)
}

/** A reply that is not in the form is shown as the model wrote it. */
function brokenReply(text: string): Answer {
  return following(text, text)
}

function following(reply: string, text: string): Answer {
  return {
    ...emptyAnswer,
    model: 'a model',
    text: reply,
    template: {
      kind: 'followed',
      id: 'gone',
      name: 'Notes',
      version: 1,
      format,
      reply,
      check: checkReply(format, reply),
      fields: [{ field: 'note', item: null, text, sentences: sentencesOf(text) }],
    },
  }
}
