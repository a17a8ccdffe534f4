/**
 * Numbers, sizes, dates and times as the system writes them; the sentences around them are English.
 * What programs read (JSON, CSV) is never written with these.
 */
let locale = 'en-GB'
let formats = new Map<number, Intl.NumberFormat>()
let collator: Intl.Collator | null = null

/**
 * Chooses whose figures are written, once at the start of a program.
 *
 * @param tag BCP 47, such as `de-AT`; null or an unknown one changes nothing.
 */
export function setLocale(tag: string | null): void {
  if (tag === null || !isKnown(tag)) return
  locale = tag
  formats = new Map()
  collator = null
}

function isKnown(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** With this many digits after the decimal sign: 2.449 → "2.4". */
export function formatDecimal(value: number, digits: number): string {
  let format = formats.get(digits)
  if (format === undefined) {
    const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    format = new Intl.NumberFormat(locale, fraction)
    formats.set(digits, format)
  }
  return format.format(value)
}

/** 1204 → "1,204". */
export function formatCount(count: number): string {
  return formatDecimal(count, 0)
}

/** "1 file", "3 files". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** "812 bytes", "84 KB", "8.4 MB", with decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte')
  const units = ['KB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${formatDecimal(value, value < 10 ? 1 : 0)} ${units[unit] ?? ''}`
}

/** "09:10". */
export function formatClock(date: Date): string {
  return date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
}

/** "3 Mar 2026". */
export function formatDay(date: Date): string {
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** Orders names as the system does, "page 2" before "page 10"; accents decide between equal ones. */
export function compareNames(one: string, other: string): number {
  collator ??= new Intl.Collator(locale, { numeric: true })
  return collator.compare(one, other)
}
