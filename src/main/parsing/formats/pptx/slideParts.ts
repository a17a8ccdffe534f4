import { readRelationships, relationshipsPart } from '../xml/relationships.ts'
import { readXml } from '../xml/readXml.ts'

export interface SlideParts {
  readonly slide: string
  /** Name of the part with the speaker's notes; null if there are none. */
  readonly notes: string | null
  /** The parts with the words of its diagrams, by the id of their relationship. */
  readonly diagrams: ReadonlyMap<string, string>
}

/**
 * The slides of a presentation in the order in which they are shown; one that is listed again is
 * left out.
 */
export async function readSlideParts(
  read: (name: string) => Promise<string | null>,
): Promise<readonly SlideParts[]> {
  const linksOf = async (part: string) =>
    readRelationships(part, (await read(relationshipsPart(part))) ?? '')
  const packaged = await linksOf('')
  const main =
    packaged.find(({ type }) => type === 'officeDocument')?.target ?? 'ppt/presentation.xml'
  const targets = new Map((await linksOf(main)).map(({ id, target }) => [id, target]))
  const slides: SlideParts[] = []
  const shown = new Set(slideIds((await read(main)) ?? '').flatMap((id) => targets.get(id) ?? []))
  for (const slide of shown) {
    const links = await linksOf(slide)
    const notes = links.find(({ type }) => type === 'notesSlide')
    const diagrams = links.filter(({ type }) => type === 'diagramData')
    slides.push({
      slide,
      notes: notes?.target ?? null,
      diagrams: new Map(diagrams.map((link) => [link.id, link.target])),
    })
  }
  return slides
}

function slideIds(presentation: string): readonly string[] {
  const ids: string[] = []
  readXml(presentation, {
    open(name, { 'r:id': id }) {
      if (name === 'sldId' && id !== undefined) ids.push(id)
    },
    close: () => undefined,
    text: () => undefined,
  })
  return ids
}
