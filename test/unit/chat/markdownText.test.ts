import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import {
  answerAsMarkdown,
  lineAsMarkdown,
  textAsMarkdown,
} from '../../../src/main/chat/markdownText.ts'
import { parseAnswer } from '../../../src/shared/markdown/parseAnswer.ts'
import { answerWithMarks } from '../../helpers/markedText.ts'

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[] | undefined
  readonly align?: readonly unknown[] | null
  readonly start?: number | null
  readonly data?: { readonly hProperties?: { readonly dataMark?: string } }
}

/** What a program shows of a parsed text: letters, code and the numbers of items, without blanks. */
function shown(node: Node): string {
  if (node.type === 'html' || node.type === 'definition') return '(dropped)'
  const children = node.children ?? []
  const inner = children
    .map((child, index) => {
      if (child.type === 'tableRow')
        return { ...child, children: child.children?.slice(0, node.align?.length) }
      return node.type === 'list' && node.start != null
        ? { ...child, children: [number(node.start + index), ...(child.children ?? [])] }
        : child
    })
    .map(shown)
    .join('')
  return `${node.value ?? ''}${inner}`.replace(/\s/gu, '')
}

function number(value: number): Node {
  return { type: 'text', value: String(value) }
}

/** As other programs read it. */
function elsewhere(markdown: string): string {
  const tree = fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  })
  return shown(tree as Node)
}

const letters = (text: string) => text.replace(/\s/gu, '')

describe('text as Markdown', () => {
  test('another program shows it letter by letter', () => {
    fc.assert(
      fc.property(answerWithMarks, (text) => {
        expect(elsewhere(textAsMarkdown(text))).toBe(letters(text))
        expect(elsewhere(`# ${lineAsMarkdown(text)}`)).toBe(letters(text))
      }),
      { numRuns: 500 },
    )
  })

  test('what is no mark stays as it is', () => {
    const text = 'In 2019 [1] it was 5 - 3 = 2 (or so), see the end: A & the rest.'
    expect(lineAsMarkdown(text)).toBe(text)
  })
})

describe('a written answer as Markdown', () => {
  test.each([
    ['10~20 and 30~40', '10\\~20 and 30\\~40'],
    ['__MAX__ of List<String> is *large*', '\\_\\_MAX\\_\\_ of List\\<String> is *large*'],
    ['**Leave**: `a_b` [1]\n- [x] done', '**Leave**: `a_b` [1]\n- \\[x] done'],
    ['1. one\n3. three', '1\\. one\n3\\. three'],
    ['| a |\n|---|\n| 1 | 2 |', '\\| a \\|\\\n\\|---\\|\\\n\\| 1 \\| 2 \\|'],
  ])('%j', (text, markdown) => {
    expect(answerAsMarkdown(text)).toBe(markdown)
  })

  test('another program shows the letters of the window', () => {
    fc.assert(
      fc.property(answerWithMarks, (text) => {
        const markdown = answerAsMarkdown(text)
        // Of a form that is read differently elsewhere: shown letter by letter, as above.
        fc.pre(markdown !== textAsMarkdown(text))
        const inWindow = marked(parseAnswer(text) as Node)
        expect(kept(elsewhere(markdown))).toBe(kept(inWindow))
      }),
      { numRuns: 500 },
    )
  })
})

/** Bullets are form, also where the window shows their sign. */
function kept(text: string): string {
  return text.replace(/[-+.)>#|:]/gu, '')
}

/** What the window shows, with the signs of items. */
function marked(node: Node): string {
  const own = `${(node.data?.hProperties?.dataMark ?? '').replace('*', '')}${node.value ?? ''}`
  return `${own}${(node.children ?? []).map(marked).join('')}`.replace(/\s/gu, '')
}
