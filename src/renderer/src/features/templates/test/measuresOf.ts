import { measureInWords, measureNames } from '../../../../../shared/domain/template/measure.ts'
import type { ArmFigures } from '../../../../../shared/domain/testRun/figures.ts'

/** How the fields were judged, in words; of several only those that aren't simply equal. */
export function measuresOf(figures: Pick<ArmFigures, 'fields'> | undefined): string {
  const fields = Object.entries(figures?.fields ?? {})
  const [only] = fields
  if (only !== undefined && fields.length === 1) return measureInWords(only[1].measure)
  const others = fields.filter(([, { measure }]) => measure.kind !== 'equal')
  if (others.length === 0) return measureNames.equal
  return others.map(([name, { measure }]) => `${name}: ${measureInWords(measure)}`).join(', ')
}
