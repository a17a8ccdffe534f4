import type { ArmFigures } from './figures.ts'

/** How fast an arm answers; null where nothing was answered. */
export interface Speed {
  readonly rowsPerMinute: number
  /** Tokens written a second, with the time that reading the prompts took. */
  readonly tokensPerSecond: number
}

export function speedOf({ n, failed, secondsPerRow, tokens }: ArmFigures): Speed | null {
  const seconds = secondsPerRow * (n - failed)
  if (seconds <= 0) return null
  return { rowsPerMinute: 60 / secondsPerRow, tokensPerSecond: tokens.generated / seconds }
}
