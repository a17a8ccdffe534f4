import type { LeftOutKind } from '../../../../shared/domain/leftOut.ts'

export type Attributes = Readonly<Record<string, string>>

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Elements that contain no text of the document: programs, styles, menus, controls, media, deletions. */
export const skippedTags = set(
  'script style template noscript nav iframe object svg canvas audio video select datalist ' +
    'button textarea map applet noframes dialog del',
)

export const blockTags = set(
  'address article aside blockquote body caption center dd details dir div dl dt fieldset ' +
    'figcaption figure footer form header hgroup hr html legend li main menu ol p pre section ' +
    'summary tbody tfoot thead ul search',
)

export const cellTags = set('td th')

export const tableTags = set('table tr')

/** Elements that have no end, or need none. */
export const voidTags = set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option',
)

const unreadTags: ReadonlyMap<string, LeftOutKind> = new Map([
  ['img', 'picture'],
  ['svg', 'picture'],
  ['canvas', 'picture'],
  ['iframe', 'embedded-page'],
  ['object', 'embedded-page'],
  ['audio', 'recording'],
  ['video', 'recording'],
  ['del', 'deleted-text'],
])

/** What an element shows that isn't read; null for any other, and for pictures that only decorate. */
export function unreadElement(
  name: string,
  { role, alt, width, height }: Attributes,
): LeftOutKind | null {
  const kind = unreadTags.get(name) ?? null
  const decorates = role === 'presentation' || role === 'none' || alt === ''
  const isDot = width === '1' || height === '1' || width === '0' || height === '0'
  return kind === 'picture' && (decorates || isDot) ? null : kind
}

/** 1 to 6, or 0 if the tag is no heading. */
export function headingLevel(name: string): number {
  return /^h[1-6]$/.test(name) ? Number(name.charAt(1)) : 0
}

/** Whether it is a reference to a note, which books set raised by their styles. */
export function isNoteMark(name: string, attributes: Attributes): boolean {
  const kinds = `${attributes['epub:type'] ?? ''} ${attributes.role ?? ''}`
  return name === 'a' && /(?:^|\s)(?:doc-)?noteref(?:\s|$)/u.test(kinds)
}

/** Whether its text is struck through. */
export function isStruck(name: string, { style = '' }: Attributes): boolean {
  return (
    name === 's' ||
    name === 'strike' ||
    /text-decoration(?:-line)?\s*:[^;]*line-through/iu.test(style)
  )
}

/** Whether it is a box with a tick in it. */
export function isTick(name: string, attributes: Attributes): boolean {
  return name === 'input' && attributes.type === 'checkbox' && 'checked' in attributes
}

/** Whether it is marked as hidden or as navigation. */
export function isHidden(attributes: Attributes): boolean {
  return (
    'hidden' in attributes ||
    attributes['aria-hidden'] === 'true' ||
    attributes.role === 'navigation' ||
    /(?:^|;)\s*display\s*:\s*none/i.test(attributes.style ?? '')
  )
}
