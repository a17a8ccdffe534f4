import {
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDecimal,
  plural,
} from '../../../shared/domain/localFormat.ts'

export { formatBytes, formatCount, formatDecimal, plural }

/** The time left in words: "about 6 s", "about 2 min". */
export function formatTimeLeft(seconds: number): string {
  if (seconds < 1) return 'almost done'
  if (seconds < 60) return `about ${String(Math.ceil(seconds))} s`
  if (seconds < 3600) return `about ${String(Math.round(seconds / 60))} min`
  return `about ${formatDecimal(seconds / 3600, 1)} h`
}

/** "about 2 min left", "almost done". */
export function timeLeftWords(seconds: number): string {
  return seconds < 1 ? formatTimeLeft(seconds) : `${formatTimeLeft(seconds)} left`
}

/** A duration: "85 ms", "2.4 s", "1 min 12 s". */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${String(Math.round(ms))} ms`
  if (ms < 60_000) return `${formatDecimal(ms / 1000, 1)} s`
  const seconds = Math.round(ms / 1000)
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`
}

/** "today, 09:10", "yesterday, 17:02", "3 Mar 2026". */
export function formatDate(iso: string, now: Date = new Date()): string {
  const date = new Date(iso)
  const time = formatClock(date)
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  if (date.getTime() >= midnight) return `today, ${time}`
  if (date.getTime() >= midnight - 86_400_000) return `yesterday, ${time}`
  return formatDay(date)
}

/** "page 6 of 9", "page 6". */
export function pageWords(at: { readonly page: number; readonly pages: number | null }): string {
  const page = `page ${formatCount(at.page)}`
  return at.pages === null ? page : `${page} of ${formatCount(at.pages)}`
}
