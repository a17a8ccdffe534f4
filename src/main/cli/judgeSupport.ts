import { splitSentences } from '../../shared/domain/sentences.ts'
import { bindCitations, type CitableSource } from '../chat/citations.ts'
import type { JudgeSupport } from '../evaluation/supportEval.ts'
import type { SupportText } from '../evaluation/supportSet.ts'

/** Binds a sentence that cites its own text, as an answer of a model is bound. */
export const judgeSupport: JudgeSupport = (sentence, own, texts, weight) => {
  const { sentences } = bindCitations(`${sentence} [${own + 1}]`, texts.map(citableOnce), weight)
  return sentences.every(({ support }) => support === 'whole')
    ? 'whole'
    : sentences.some(({ support }) => support === 'none')
      ? 'none'
      : 'part'
}

const known = new WeakMap<SupportText, CitableSource>()

function citableOnce(text: SupportText, index: number): CitableSource {
  const source = known.get(text) ?? citable(text, index)
  known.set(text, source)
  return source
}

function citable({ name, heading, text }: SupportText, index: number): CitableSource {
  return {
    number: index + 1,
    chunk: name,
    document: name,
    name,
    contentId: name,
    heading,
    page: 1,
    start: 0,
    end: text.length,
    text,
    sentences: splitSentences(text),
  }
}
