import { oneLine } from '../../../../shared/domain/oneLine.ts'
import type { TextBlock } from '../textBlock.ts'
import { readXml } from '../xml/readXml.ts'

/** The words of a diagram (SmartArt; ECMA-376, part 1, 21.4): an item a paragraph. */
export function readDiagram(xml: string): readonly TextBlock[] {
  const blocks: TextBlock[] = []
  let text = ''
  let depth = 0
  readXml(xml, {
    open(name) {
      if (name === 't') depth += 1
      else if (name === 'p') text = ''
      else if (name === 'br') text += ' '
    },
    close(name) {
      if (name === 't') depth -= 1
      if (name !== 'p') return
      const words = oneLine(text)
      if (words !== '') blocks.push({ kind: 'list-item', text: `- ${words}` })
      text = ''
    },
    text(part) {
      // `dgm:t` is around paragraphs, `a:t` around their words.
      if (depth > 1) text += part
    },
  })
  return blocks
}
