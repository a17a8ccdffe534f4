import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import { literalMarks } from './literalMarks.ts'
import { showLostMarks, type AnswerTree } from './showLostMarks.ts'

/**
 * Parses a written answer: lists, bold and italic words by stars, code, tables, headings, quotes and
 * rules. All other signs are letters, and no letter is dropped. Positions are offsets in `text`.
 */
export function parseAnswer(text: string): AnswerTree {
  const tree = fromMarkdown(text, {
    extensions: [gfmTable(), literalMarks],
    mdastExtensions: [gfmTableFromMarkdown()],
  })
  tree.children = tree.children.map((block) => showLostMarks(block, text))
  return tree
}

export type { AnswerTree }
