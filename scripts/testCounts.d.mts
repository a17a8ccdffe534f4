export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}
export const nothingCounted: Counts
export function add(left: Counts, right: Counts): Counts
export function summaryLine(counts: Counts): string
export function countVitest(file: string, ok: boolean): Counts
