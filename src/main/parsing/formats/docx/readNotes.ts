import type { TextBlock } from '../textBlock.ts'
import { readXml } from '../xml/readXml.ts'
import { createStory, type Story, type StoryContext } from './readStory.ts'

/**
 * Reads footnotes, endnotes or comments, each by its id. A comment begins with who made it, since
 * it is not what the document says.
 */
export function readNotes(
  xml: string,
  element: 'footnote' | 'endnote' | 'comment',
  context: StoryContext,
): ReadonlyMap<string, readonly TextBlock[]> {
  const notes = new Map<string, readonly TextBlock[]>()
  let story: Story | null = null
  let id = ''
  let author = ''
  readXml(xml, {
    open(name, attributes) {
      if (name === element) {
        id = attributes.id ?? ''
        author = attributes.author ?? ''
        // The lines that separate notes from the text are themselves notes, of a special type.
        story = (attributes.type ?? 'normal') === 'normal' ? createStory(context) : null
      } else story?.open(name, attributes)
    },
    close(name) {
      if (name !== element) {
        story?.close(name)
        return
      }
      const blocks = story?.take() ?? []
      notes.set(id, element === 'comment' ? blocks.map((block) => by(author, block)) : blocks)
      story = null
    },
    text(text) {
      story?.text(text)
    },
  })
  return notes
}

function by(author: string, { text }: TextBlock): TextBlock {
  return {
    kind: 'quote',
    text: author === '' ? `Comment: ${text}` : `Comment by ${author}: ${text}`,
  }
}
