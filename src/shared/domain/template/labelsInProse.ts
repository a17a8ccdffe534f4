import { escapeRegExp } from '../escapeRegExp.ts'
import { longestAround } from './labels.ts'

/** A label that a reply names in its own words. */
export interface NamedLabel {
  readonly label: string
  /** Whether it is given as the answer: not in passing, and not denied. */
  readonly isStated: boolean
}

/** Labels this short are words of other meanings ("a", "no", "it"): they count as they are written. */
const shortLabel = 3
const opensQuote = /["'“‘«„`*_]$/u
const closesQuote = /^["'”’»`*_]/u
/** "Label:", "The answer is **" */
const introduces = /[:=]\s*["'“‘«„`*_(]*$/u
const onlyMarksBefore = /(?:^|\n)[\s"'“‘«„`*_([-]*$/u
const sentenceEnds = /^["'”’»`*_)\]]*\s*(?:[.,;:!\n(–—]|$|-\s)/u
const textEnds = /^[\s"'”’»`*_.!)\]]*$/u
const denials = [
  'not|no|never|neither|nor|without|cannot|rather than|instead of|far from',
  "(?:is|was|are|do|does|did|ca|wo|would|should)n['’]t",
  'nicht|kein[enrms]{0,2}|weder|pas|jamais|non|nunca|niet|geen|nie|inte|ikke|не|нет|değil',
].join('|')
/** Up to three words may be between a denial and what it denies. */
const denied = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}])(?:${denials})(?:\s+\S+){0,3}\s*|[不没非])["'“‘«„\x60*_(]*$`,
  'iu',
)
/** Where a denial before it ends. */
const clauseEnd =
  /[.,!?;:\n。，；：]|(?<!\p{L})(?:but|however|sondern|mais|sino|pero|maar|ma|men|ale|но|а|ama)(?!\p{L})|而是|但/iu

/**
 * The labels that occur in a text as whole words; within a longer label a shorter one does not. One is the
 * answer only where it is alone on its line, begins the text or ends it, follows a colon, or is in
 * quotation marks, and no word before it denies it.
 */
export function labelsInProse(labels: readonly string[], text: string): readonly NamedLabel[] {
  if (text.length > longestAround) return []
  let rest = text
  const found = new Map<string, boolean>()
  const isOneOfSeveral = createSeveral(labels)
  const longestFirst = [...new Set(labels)].sort((a, b) => b.length - a.length)
  for (const label of longestFirst) {
    const flags = label.length <= shortLabel ? 'gu' : 'giu'
    const pattern = new RegExp(
      String.raw`(?<![\p{L}\p{N}]|[\p{L}\p{N}]-)${escapeRegExp(label)}(?!-?[\p{L}\p{N}])`,
      flags,
    )
    rest = rest.replace(pattern, (whole, at: number) => {
      const before = text.slice(0, at)
      const after = text.slice(at + whole.length)
      const isStated = isStatedBetween(before, after) && !isOneOfSeveral(before, after)
      for (const one of meant(labels, whole)) found.set(one, isStated || found.get(one) === true)
      return '\0'.repeat(whole.length)
    })
  }
  return [...found].map(([label, isStated]) => ({ label, isStated }))
}

/** The label as it is written; where none is, all that differ in capitals alone. */
function meant(labels: readonly string[], written: string): readonly string[] {
  if (labels.includes(written)) return [written]
  return labels.filter((one) => one.toLowerCase() === written.toLowerCase())
}

/** "Good or bad", "good/bad": a choice, not an answer. */
function createSeveral(labels: readonly string[]): (before: string, after: string) => boolean {
  const any = labels.map(escapeRegExp).join('|')
  const joint = String.raw`["'”’»*_]*\s*(?:[/|,&]|(?<!\p{L})(?:or|and|oder|und|ou|et|o|y|или|и|或|和)(?!\p{L}))\s*["'“‘«*_]*`
  const behind = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${any})${joint}$`, 'iu')
  const ahead = new RegExp(String.raw`^${joint}(?:${any})(?![\p{L}\p{N}])`, 'iu')
  return (before, after) => behind.test(before) || ahead.test(after)
}

function isStatedBetween(before: string, after: string): boolean {
  if (denied.test(before.split(clauseEnd).at(-1) ?? '')) return false
  return (
    (onlyMarksBefore.test(before) && sentenceEnds.test(after)) ||
    introduces.test(before) ||
    (opensQuote.test(before) && closesQuote.test(after)) ||
    textEnds.test(after)
  )
}
