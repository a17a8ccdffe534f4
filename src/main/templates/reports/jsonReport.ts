import type { Report } from './report.ts'

/** All that is needed to look at a run again, or to do it again. */
export function jsonReport({ record, templates, rows, results, judged, guards }: Report): string {
  const whole = {
    record,
    templates: Object.fromEntries(templates),
    rows: [...rows.values()],
    ...judged,
    guards,
    results,
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}
