import { z } from 'zod'
import { plural } from './localFormat.ts'
import { listed } from './listed.ts'

interface LeftOutWords {
  /** A noun to be counted, or a sentence of its own where a count says little. */
  readonly words: { readonly one: string; readonly many?: string } | { readonly sentence: string }
  /** Whether there is text in it for certain, so that the document counts as partly read. */
  readonly holdsText: boolean
}

/** Everything that a reader may leave out of a document's text although someone could read it. */
const kinds = {
  picture: { words: { one: 'picture' }, holdsText: false },
  recording: { words: { one: 'recording' }, holdsText: false },
  'embedded-page': { words: { one: 'embedded page' }, holdsText: false },
  'hidden-sheet': { words: { one: 'hidden sheet' }, holdsText: false },
  'deleted-text': {
    words: { sentence: 'Text that is marked as deleted was not read.' },
    holdsText: false,
  },
  'struck-text': { words: { one: 'struck-through passage' }, holdsText: false },
  'hidden-text': { words: { sentence: 'Hidden text was not read.' }, holdsText: false },
  chart: { words: { one: 'chart' }, holdsText: true },
  'embedded-file': { words: { one: 'embedded file' }, holdsText: true },
  'included-part': { words: { one: 'included document' }, holdsText: true },
  'text-box': { words: { one: 'text box', many: 'text boxes' }, holdsText: true },
  comment: { words: { one: 'comment' }, holdsText: true },
  attachment: { words: { one: 'attachment' }, holdsText: false },
  'message-part': {
    words: { one: 'part of the message', many: 'parts of the message' },
    holdsText: true,
  },
  'outlook-message': {
    words: {
      sentence:
        'Text or attachments in winmail.dat were not read. Ask the sender for the message as HTML or plain text.',
    },
    holdsText: true,
  },
  'encrypted-message': {
    words: {
      sentence:
        'An encrypted message was not read. Save it decrypted in your mail program and import that.',
    },
    holdsText: true,
  },
} as const satisfies Readonly<Record<string, LeftOutWords>>

export type LeftOutKind = keyof typeof kinds

/** What was not read of a document, and how often it occurs. */
export const leftOut = z
  .object({
    what: z.enum(Object.keys(kinds) as [LeftOutKind, ...LeftOutKind[]]),
    count: z.number().int().positive(),
  })
  .readonly()
export type LeftOut = z.infer<typeof leftOut>

/** Counts what was left out, in the order in which each kind was met first. */
export function countLeftOut(met: readonly LeftOutKind[]): readonly LeftOut[] {
  const counts = new Map<LeftOutKind, number>()
  for (const what of met) counts.set(what, (counts.get(what) ?? 0) + 1)
  return [...counts].map(([what, count]) => ({ what, count }))
}

/** Whether some of it holds text for certain. */
export function leavesOutText(all: readonly LeftOut[] = []): boolean {
  return all.some(({ what }) => kinds[what].holdsText)
}

/** "3 diagrams and 1 picture were not read."; blank if nothing was left out. */
export function leftOutWords(all: readonly LeftOut[] = []): string {
  const nouns: string[] = []
  const sentences: string[] = []
  for (const { what, count } of all) {
    const { words }: LeftOutWords = kinds[what]
    if ('sentence' in words) sentences.push(words.sentence)
    else nouns.push(plural(count, words.one, words.many))
  }
  const isOne = nouns.length === 1 && all.some(({ count }) => count === 1)
  if (nouns.length > 0) sentences.unshift(`${listed(nouns)} ${isOne ? 'was' : 'were'} not read.`)
  return sentences.join(' ')
}
