/** A day of the calendar, `2024-03-05`. */
type Day = string
export type DateOrder = 'day-first' | 'month-first'

/** Languages whose names of months are read. */
const languages = ['en-GB', 'en-US', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da']

const yearFirst =
  /(?<!\p{Nd})(\d{4})\s?[-/.年\uB144]\s?(\d{1,2})\s?[-/.月\uC6D4]\s?(\d{1,2})(?!\p{Nd})/gu
const yearLast = /(?<![\p{Nd}./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})(?!\p{Nd})/gu
const dayMonth =
  /(?<!\p{Nd})(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?(\p{L}+)\.?,?\s+(?:de\s+)?(\d{4})(?!\p{Nd})/giu
const monthDay = /(?<!\p{L})(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\p{Nd})/giu

/**
 * The days that a text names with a year of four digits, each once: 2024-03-05, 5.3.2024, 5 March 2024,
 * March 5, 2024, 2024年3月5日. Days that the calendar doesn't have are passed over.
 *
 * @param order of a day and a month in figures, where both orders would be possible.
 */
export function datesInText(text: string, order: DateOrder): readonly Day[] {
  const plain = text.normalize('NFKC').replace(/[\u2010-\u2015\u2212]/gu, '-')
  const found = [
    ...[...plain.matchAll(yearFirst)].map(([, year, month, day]) => dayOf(year, month, day)),
    ...[...plain.matchAll(yearLast)].map(([, one, , other, year]) => {
      const [day, month] = order === 'day-first' ? [one, other] : [other, one]
      return dayOf(year, month, day) ?? dayOf(year, day, month)
    }),
    ...[...plain.matchAll(dayMonth)].map(([, day, name, year]) => dayOf(year, monthOf(name), day)),
    ...[...plain.matchAll(monthDay)].map(([, name, day, year]) => dayOf(year, monthOf(name), day)),
  ]
  return [...new Set(found.filter((day) => day !== null))]
}

function dayOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): Day | null {
  if (year === undefined || month === undefined || day === undefined) return null
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${date}T00:00:00Z`)
  // Some engines make 1 March of 30 February.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(date) ? null : date
}

let names: ReadonlyMap<string, string> | null = null

function monthOf(name: string | undefined): string | undefined {
  names ??= monthNames()
  return names.get((name ?? '').toLowerCase())
}

function monthNames(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const language of languages) {
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { day: 'numeric', month, timeZone: 'UTC' })
      for (let number = 0; number < 12; number += 1) {
        const parts = format.formatToParts(Date.UTC(2024, number, 1))
        const name = parts.find(({ type }) => type === 'month')?.value ?? ''
        const key = name.toLowerCase().replaceAll('.', '')
        if (!found.has(key)) found.set(key, String(number + 1))
      }
    }
  }
  return found
}
