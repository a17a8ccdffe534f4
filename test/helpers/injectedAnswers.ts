import { bindCitations, type CitableSource } from '../../src/main/chat/citations.ts'
import { passagesAnswer } from '../../src/main/chat/passagesAnswer.ts'
import { emptyAnswer } from '../../src/main/chat/sources.ts'
import { withTitles } from '../../src/main/retrieval/titledPassages.ts'
import type { Answer } from '../../src/shared/domain/conversation.ts'
import { splitSentences } from '../../src/shared/domain/sentences.ts'
import { sourcesWith, type Injection } from './injections.ts'
import { createPassage, libraryDocumentOf } from './passages.ts'

/** Its passages as sources of an answer. */
export function citableOf(injection: Injection): readonly CitableSource[] {
  return sourcesWith(injection).map(({ number, text, title }) => ({
    number,
    chunk: `ferry:${String(number)}`,
    document: 'ferry',
    name: injection.name ?? title,
    contentId: 'ferry',
    page: number,
    place: injection.heading ?? '',
    heading: injection.heading ?? '',
    start: 0,
    end: text.length,
    text,
    sentences: splitSentences(text),
  }))
}

/** What a model might write at worst: all that the document says, with its marks. */
export function writtenAnswer(injection: Injection): Answer {
  const sources = citableOf(injection)
  const said = `${sources.map(({ text }) => text).join(' ')} [3] The ferry leaves at nine [2].`
  return { ...emptyAnswer, model: 'a model', ...bindCitations(said, sources, () => 1) }
}

/** The answer without a model; its document is named as the injection wants it to be. */
export function answerOfPassages(injection: Injection): Answer {
  const documentOf = (contentId: string) => ({
    ...libraryDocumentOf(contentId),
    name: injection.name ?? 'ferry.txt',
  })
  const passages = sourcesWith(injection).map(({ number, text }) => ({
    ...createPassage(`ferry-${String(number)}`, text, 'ferry leave'),
    heading: injection.heading ?? '',
  }))
  const titled = withTitles(passages, documentOf)
  const progress = { text: () => undefined } as unknown as Parameters<typeof passagesAnswer>[2]
  return { ...emptyAnswer, ...passagesAnswer(titled, documentOf, progress) }
}
