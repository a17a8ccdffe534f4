/**
 * What an embedder's cosines mean: the typical cosine of unrelated texts, and that of a sentence
 * with the passage it was taken from. The cosine of unrelated texts is 0.1 with one embedder and
 * 0.75 with another.
 */
export interface CosineAnchors {
  readonly strangers: number
  readonly kin: number
}

/**
 * Turns a cosine into what the bundled embedder's would be; null where that cannot be said.
 *
 * @param language ISO 639-1, of the passage: an embedder's cosines mean nothing in one that it does not know.
 */
export type CosineScale = (cosine: number, language: string) => number | null

/** Those of the bundled embedder, on which evidence was fitted (see docs/decisions.md). */
export const bundledAnchors: CosineAnchors = { strangers: 0.06, kin: 0.62 }

/** Nearer together than this, the anchors say nothing. */
const leastApart = 0.02

/**
 * A straight line through both anchors.
 *
 * @param languages that the embedder knows; null: any.
 */
export function scaleBy(
  anchors: CosineAnchors | null,
  languages: readonly string[] | null,
): CosineScale {
  if (anchors === null || anchors.kin - anchors.strangers < leastApart) return () => null
  const stretch =
    (bundledAnchors.kin - bundledAnchors.strangers) / (anchors.kin - anchors.strangers)
  return (cosine, language) => {
    if (languages?.includes(language) === false) return null
    const scaled = bundledAnchors.strangers + (cosine - anchors.strangers) * stretch
    return Math.min(1, Math.max(-1, scaled))
  }
}
