import type { Page } from '../../../shared/domain/page.ts'
import { toLabelRuns, type LabelRun } from '../../../shared/domain/pageLabels.ts'
import { countWords } from '../../parsing/countWords.ts'
import { readPages } from './contentPages.ts'

export interface MeasuredText {
  /** The beginning of the text, to call a document by whose name is lost; empty without a word. */
  readonly firstWords: string
  readonly pages: number
  readonly words: number
  readonly pageLabels: readonly LabelRun[]
}

/** Characters of the text in the name of a recovered document. */
const longestWords = 50

/** Measures the stored text in a folder. */
export async function measureText(folder: string): Promise<MeasuredText> {
  const measured = { firstWords: '', pages: 0, words: 0 }
  const labels: (string | null)[] = []
  for await (const { text, label } of readPages(folder)) {
    measured.pages += 1
    labels.push(label ?? null)
    measured.words += countWords(text)
    if (measured.firstWords === '') measured.firstWords = firstWordsOf(text)
  }
  return { ...measured, pageLabels: toLabelRuns(labels) }
}

function firstWordsOf(text: Page['text']): string {
  const [line = ''] = /[\p{L}\p{N}].*/u.exec(text) ?? []
  return line.slice(0, longestWords).replace(/[\s.,:;!?]+$/u, '')
}
