import type { PreviewPart, PromptPreview } from '../../../../../shared/contract/templates.ts'
import { partKey, type PartKey } from './highlight.ts'

/** A segment of the token bar. */
export interface BarSegment {
  readonly key: PartKey
  readonly kind: PreviewPart['kind'] | 'reserve'
  readonly tokens: number
}

/** An entry of the legend with its sum of tokens. */
export interface LegendEntry {
  readonly kind: BarSegment['kind']
  readonly name: string
  readonly tokens: number
}

const names = {
  instruction: 'instruction',
  format: 'format',
  example: 'examples',
  source: 'passages',
  input: 'input',
  frame: 'around them',
  reserve: 'kept for the answer',
} as const satisfies Record<BarSegment['kind'], string>

/**
 * The segments of the bar in the order of the prompt. Separators and the chat format are one
 * segment before the answer, since they can't be highlighted.
 */
export function barSegments({ parts, tokens }: PromptPreview): readonly BarSegment[] {
  if (tokens === null) return []
  const byKey = new Map<PartKey, BarSegment>()
  for (const part of parts) {
    if (part.kind === 'frame') continue
    const key = partKey(part.kind, part.ref)
    const before = byKey.get(key)?.tokens ?? 0
    byKey.set(key, { key, kind: part.kind, tokens: before + (part.tokens ?? 0) })
  }
  const named = [...byKey.values()]
  const counted = named.reduce((sum, segment) => sum + segment.tokens, 0)
  const around = Math.max(0, tokens.total - counted)
  return [
    ...named,
    { key: 'frame', kind: 'frame', tokens: around },
    { key: 'reserve', kind: 'reserve', tokens: tokens.reserve },
  ]
}

export function legend(segments: readonly BarSegment[]): readonly LegendEntry[] {
  const sums = new Map<BarSegment['kind'], number>()
  for (const { kind, tokens } of segments) sums.set(kind, (sums.get(kind) ?? 0) + tokens)
  return [...sums].map(([kind, tokens]) => ({ kind, name: names[kind], tokens }))
}
