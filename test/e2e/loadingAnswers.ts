import { emptyAnswer } from '../../src/main/chat/sources.ts'
import type { Answer, Citation, Source, Turn } from '../../src/shared/domain/conversation.ts'
import { outputFormat } from '../../src/shared/domain/template/outputFormat.ts'
import { checkReply } from '../../src/shared/domain/template/checkReply.ts'
import type { LoadingMarkup } from '../helpers/loadingMarkup.ts'
import { turnOf } from '../helpers/fakeAnswers.ts'

/** An answer of each form with all of the markup in each of its texts. */
export function loadingTurns({ html, markdown }: LoadingMarkup): readonly Turn[] {
  const text = [...Object.values(html), ...Object.values(markdown)].join('\n\n')
  const source = sourceOf(text)
  const citation: Citation = { ...source, quote: text }
  const sentence = {
    start: 0,
    end: text.length,
    text,
    support: 'none',
    citations: [citation],
  } as const
  const shown: Answer = {
    ...emptyAnswer,
    text: `${text} [1]`,
    sentences: [sentence],
    sources: [source],
    evidence: { best: 0.9, threshold: 0.5 },
    prompt: text,
  }
  const answers: readonly Answer[] = [
    { ...shown, model: 'a model' },
    { ...shown, kind: 'ungrounded', model: 'a model', sentences: [], sources: [] },
    {
      ...shown,
      kind: 'quoted',
      model: 'a model',
      candidates: [{ text, source: 1, probability: 1 }],
    },
    { ...shown, kind: 'passages' },
    { ...shown, kind: 'not-found', text: '', sentences: [] },
    { ...shown, status: 'failed', error: { code: 'internal', message: text } },
    inFields(shown, text),
    inFields({ ...shown, text: `{"${text}` }, text, `{"${text}`),
  ]
  return answers.map((answer, index) => ({
    ...turnOf(`turn-${String(index)}`, `${String(index)} ${text}`, answer),
    completedQuery: text,
  }))
}

function sourceOf(text: string): Source {
  return {
    number: 1,
    chunk: 'gone:1',
    document: 'gone',
    name: text,
    contentId: 'gone',
    heading: text,
    page: 1,
    place: text,
    start: 0,
    end: text.length,
    text,
    inPrompt: true,
    scores: { fused: 1, fullText: 1, cosine: 1, evidence: 1 },
    keySentences: [{ start: 0, end: text.length, score: 1 }],
  }
}

function inFields(
  answer: Answer,
  text: string,
  reply = JSON.stringify({ note: text, more: [text] }),
): Answer {
  const format = outputFormat.parse({
    kind: 'json',
    fields: [
      { name: 'note', type: { kind: 'text' } },
      { name: 'more', type: { kind: 'list', item: { kind: 'text' } } },
    ],
  })
  const cited = { text: answer.text, sentences: answer.sentences }
  return {
    ...answer,
    template: {
      kind: 'followed',
      id: 'gone',
      name: text,
      version: 1,
      format,
      reply,
      check: checkReply(format, reply),
      fields: [
        { field: 'note', item: null, ...cited },
        { field: 'more', item: 0, ...cited },
      ],
    },
  }
}
