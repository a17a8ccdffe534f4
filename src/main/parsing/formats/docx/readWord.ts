import type { TextBlock } from '../textBlock.ts'
import { readXml } from '../xml/readXml.ts'
import { createNumberer } from '../story/numberer.ts'
import { readNumbering } from './numbering.ts'
import { readNotes } from './readNotes.ts'
import { createStory, type NoteKind, type StoryContext } from './readStory.ts'
import { readStyles } from './styles.ts'
import type { WordParts } from './wordParts.ts'

/**
 * The text of a Word document in reading order: what its headers say, once; the body, with notes and
 * comments where they are referred to; what its footers say, once.
 *
 * @param included what diagrams and documents within it say, by the id of their relationship.
 * @param onLeftOut called for text that is not read, each time.
 */
export function readWord(
  parts: WordParts,
  included: ReadonlyMap<string, readonly TextBlock[]>,
  onLeftOut: StoryContext['onLeftOut'],
): readonly TextBlock[] {
  const styles = readStyles(parts.styles)
  const numbering = readNumbering(parts.numbering)
  const newContext = (): StoryContext => ({
    styles,
    numberer: createNumberer(numbering, styles.listOf),
    comment: () => [],
    note: () => null,
    included: (id) => included.get(id) ?? null,
    dropPageNumbers: false,
    onLeftOut,
  })
  const comments = readNotes(parts.comments, 'comment', newContext())
  const body = readStory(parts.document, {
    ...newContext(),
    comment: takeEach(comments),
    note: numberNotes({
      footnote: readNotes(parts.footnotes, 'footnote', newContext()),
      endnote: readNotes(parts.endnotes, 'endnote', newContext()),
    }),
  })
  const seen = new Set(body.map(({ text }) => text))
  const edge = (xmls: readonly string[]): readonly TextBlock[] =>
    xmls.flatMap((xml) =>
      readStory(xml, { ...newContext(), dropPageNumbers: true }).filter(({ text }) => {
        const isNew = !seen.has(text)
        seen.add(text)
        return isNew
      }),
    )
  const top = edge(parts.headers)
  return [...top, ...body, ...edge(parts.footers)]
}

/** Each comment once, however often it is referred to. */
function takeEach(comments: ReadonlyMap<string, readonly TextBlock[]>): StoryContext['comment'] {
  const left = new Map(comments)
  return (id) => {
    const blocks = left.get(id) ?? []
    left.delete(id)
    return blocks
  }
}

/**
 * Notes are numbered as they are referred to; text and note have the same mark. A note that is
 * referred to again has its mark, and is not repeated.
 */
function numberNotes(
  notes: Readonly<Record<NoteKind, ReadonlyMap<string, readonly TextBlock[]>>>,
): StoryContext['note'] {
  const marks = new Map<string, string>()
  return (kind, id) => {
    const [first, ...rest] = notes[kind].get(id) ?? []
    if (first === undefined) return null
    const key = `${kind} ${id}`
    const known = marks.get(key)
    if (known !== undefined) return { mark: known, blocks: [] }
    const mark = `[${marks.size + 1}]`
    marks.set(key, mark)
    return { mark, blocks: [marked(mark, first), ...rest] }
  }
}

/** The cells of a row would no longer be where they were. */
function marked(mark: string, { row, ...block }: TextBlock): TextBlock {
  const kind = row === undefined ? block.kind : 'paragraph'
  return { ...block, kind, text: `${mark} ${block.text}` }
}

function readStory(xml: string, context: StoryContext): readonly TextBlock[] {
  const story = createStory(context)
  readXml(xml, story)
  return story.take()
}
