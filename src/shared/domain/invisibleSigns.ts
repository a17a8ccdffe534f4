/**
 * Characters that nobody sees and that come along when text is copied: soft hyphens, zero-width spaces,
 * byte order marks, marks of direction. Variation selectors go as well: they choose a form of what is there.
 */
const invisible =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFE00-\uFE0F]/gu
/** Scripts such as Persian and Hindi spell with joiners, and emoji are made of them; others do not. */
const needlessJoiner =
  /(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\s]|^)[\u200C\u200D]|[\u200C\u200D](?=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\s]|$)/gu

/** A text without what nobody sees; letters, and joiners that a script needs, stay. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '').replace(needlessJoiner, '')
}
