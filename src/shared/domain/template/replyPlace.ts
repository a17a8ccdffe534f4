import { pathWithin } from './fieldPaths.ts'
import type { ReplyProblem } from './replyCheck.ts'

/** Where in a reply something is. */
export interface ReplyPlace {
  /** Path of the field; '' is the whole. */
  readonly path: string
  /** The same with the numbers of items, such as `items 2: price`. */
  readonly words: string
  readonly isItem: boolean
}

export const wholeReply: ReplyPlace = { path: '', words: '', isItem: false }

export function placeWithin({ path, words, isItem }: ReplyPlace, name: string): ReplyPlace {
  const own = isItem ? `${words}: ${name}` : pathWithin(words, name)
  return { path: pathWithin(path, name), words: own, isItem: false }
}

/** @param index of the item, from 0 */
export function placeOfItem({ path, words }: ReplyPlace, index: number): ReplyPlace {
  return { path, words: `${words} ${String(index + 1)}`, isItem: true }
}

/** A problem of a reply in a sentence that names its place. */
export function problemInWords({ field, place, message }: ReplyProblem): string {
  const where = place ?? field ?? ''
  return where === '' ? message : `In “${where}”: ${message}`
}
