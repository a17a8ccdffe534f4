/** The day alone where there is no time of day. */
export function isoDate(value: Date): string {
  return Number.isNaN(value.getTime()) ? '' : value.toISOString().replace(/T00:00:00\.000Z$/u, '')
}
