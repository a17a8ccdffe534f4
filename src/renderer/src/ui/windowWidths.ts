/**
 * Widths of the window at which its layout changes, in CSS pixels. Stylesheets cannot read these; a
 * test compares theirs.
 */
export const widestNarrow = {
  /** Up to here the rail shows icons and is wide on demand only. */
  rail: 999,
  /** Up to here an inspector covers the work instead of standing beside it. */
  inspector: 1_099,
  /** Up to here texts use less margin. */
  margins: 720,
} as const

/** A media query for windows up to such a width. */
export function upTo(part: keyof typeof widestNarrow): string {
  return `(max-width: ${String(widestNarrow[part])}px)`
}
