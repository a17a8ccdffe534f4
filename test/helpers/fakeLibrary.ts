import type { Block, Page } from '../../src/shared/domain/page.ts'
import type { Collection, LibraryDocument } from '../../src/shared/domain/libraryDocument.ts'

/** A small hotel's papers, invented for tests and scenes. */
export interface FakeLibrary {
  readonly documents: LibraryDocument[]
  readonly collections: Collection[]
  readonly pages: ReadonlyMap<string, readonly Page[]>
}

type Paragraph = string | { readonly heading: string; readonly level: number }

const h = (level: number, heading: string): Paragraph => ({ heading, level })

const leavePolicy: readonly (readonly Paragraph[])[] = [
  [
    h(1, 'Leave policy'),
    'This policy holds for everyone who works at the Harbour House Hotel, full-time or part-time, from the first day on.',
  ],
  [
    h(2, '3 Annual leave'),
    h(3, '3.1 How much'),
    'Full-time staff have 25 days of annual leave from the first year on. Part-time staff have as much in proportion to their hours.',
    h(3, '3.2 Carrying leave over'),
    'Annual leave is meant to be taken in the year in which it is earned, so that everyone rests.',
    'Up to five days of unused leave may be carried into the next year and must be taken before 31 March. Days that are left after that date lapse without compensation.',
    'Where long illness or parental leave made it impossible to take leave, the whole balance is carried over and may be taken within eighteen months.',
    h(3, '3.3 Buying further days'),
    'From the second year on, up to three days can be bought each year; the request is made in November.',
  ],
]

const houseRules: readonly (readonly Paragraph[])[] = [
  [
    h(1, 'House rules'),
    h(2, '2 Visitors'),
    'Visitors are announced at the front desk and are accompanied through the building by whoever invited them.',
    h(2, '7 Kitchen'),
    'Nothing that sheds or spills may be kept in the kitchen; the fridge is emptied every other Friday.',
  ],
]

const minutes: readonly (readonly Paragraph[])[] = [
  [
    h(1, 'Board meeting, 12 April 2023'),
    'Present: the four members of the board and the manager.',
    'The repair of the roof was put off until the autumn because the second quotation had not arrived. The board asks for it by June.',
  ],
]

const manual: readonly (readonly Paragraph[])[] = [
  [
    h(1, 'X200 circulation pump'),
    h(2, 'Error codes'),
    'E2 means that the pump runs dry. E4 means that the rotor is blocked: switch the pump off, let it cool for ten minutes and clean the inlet filter.',
  ],
]

const firstWeek: readonly (readonly Paragraph[])[] = [
  [
    h(1, 'Your first week'),
    h(2, 'Desks'),
    'Bring what makes the desk yours: a plant, a lamp, pictures. The building stays open until nine.',
  ],
]

export function createFakeLibrary(): FakeLibrary {
  const collections = [
    { id: 'hr', name: 'HR handbook' },
    { id: 'minutes', name: 'Minutes' },
    { id: 'manuals', name: 'Manuals' },
  ]
  const texts = {
    'leave-policy': leavePolicy,
    'house-rules': houseRules,
    'minutes-2023-04': minutes,
    'pump-x200': manual,
    'first-week': firstWeek,
  } as const
  const pages = new Map(
    Object.entries(texts).map(([id, paragraphs]) => [
      id,
      paragraphs.map((page, index) => pageOf(index + 1, page)),
    ]),
  )
  const documents = [
    row('leave-policy', 'leave-policy.pdf', 'pdf', 'hr', { pages: 2, chunks: 7 }),
    row('house-rules', 'house-rules.docx', 'docx', 'hr', { pages: 1, chunks: 2 }),
    row('first-week', 'first-week.md', 'markdown', 'hr', { pages: 1, chunks: 1 }),
    row('minutes-2023-04', 'board-minutes-2023-04.pdf', 'pdf', 'minutes', { pages: 1, chunks: 2 }),
    row('pump-x200', 'pump-x200-manual.html', 'html', 'manuals', { pages: 1, chunks: 2 }),
    row('roof-survey', 'scan-roof-survey.pdf', 'pdf', 'minutes', {
      pages: 31,
      chunks: 64,
      state: 'partly-read',
      unreadPages: [3, 4, 17, 18],
      reason: {
        code: 'document-empty',
        message: 'Pages 3, 4, 17 and 18 hold pictures of text. The other pages can be asked about.',
      },
    }),
    row('contract', 'contract-2019.pdf', 'pdf', null, {
      state: 'failed',
      contentId: null,
      pages: 0,
      chunks: 0,
      reason: {
        code: 'document-encrypted',
        message: 'This PDF is locked with a password. Save a copy without one and import that.',
      },
    }),
  ]
  return { documents, collections, pages }
}

export function row(
  id: string,
  name: string,
  format: LibraryDocument['format'],
  collection: string | null,
  change: Partial<LibraryDocument> = {},
): LibraryDocument {
  return {
    id,
    name,
    path: `/home/ada/Documents/${name}`,
    format,
    state: 'indexed',
    reason: null,
    contentId: `content-${id}`,
    bytes: 84_000,
    modifiedMs: Date.UTC(2026, 2, 3),
    pages: 1,
    chunks: 1,
    words: 900,
    languages: [],
    isLanguageNamed: false,
    unreadPages: [],
    collections: collection === null ? [] : [collection],
    importedAt: '2026-03-03T09:10:00.000Z',
    ...change,
  }
}

function pageOf(page: number, paragraphs: readonly Paragraph[]): Page {
  let text = ''
  const blocks: Block[] = []
  for (const paragraph of paragraphs) {
    if (text !== '') text += '\n\n'
    const words = typeof paragraph === 'string' ? paragraph : paragraph.heading
    const range = { start: text.length, end: text.length + words.length }
    blocks.push(
      typeof paragraph === 'string'
        ? { kind: 'paragraph', ...range }
        : { kind: 'heading', level: paragraph.level, ...range },
    )
    text += words
  }
  return { page, text, blocks }
}
