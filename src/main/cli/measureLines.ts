import { formatDecimal, plural } from '../../shared/domain/localFormat.ts'
import type { LabelFigures } from '../../shared/domain/statistics/f1.ts'
import { measureInWords } from '../../shared/domain/template/measure.ts'
import type { ArmFigures } from '../../shared/domain/testRun/figures.ts'

/** Fields that are judged otherwise than by being equal, and the figures of each label of a set. */
export function measureLines(arms: Readonly<Record<string, ArmFigures>>): readonly string[] {
  return Object.entries(arms).flatMap(([arm, { fields }], index) =>
    Object.entries(fields).flatMap(([name, { measure, labels }]) => [
      ...(index > 0 || measure.kind === 'equal'
        ? []
        : [`${name} is judged by: ${measureInWords(measure)}`]),
      ...(measure.kind === 'label-set'
        ? (labels ?? []).map((one) => `${arm.padEnd(12)}  ${name} › ${labelLine(one)}`)
        : []),
    ]),
  )
}

function labelLine({ label, precision, recall, f1, support }: LabelFigures): string {
  const [p, r, f] = [precision, recall, f1].map((value) => formatDecimal(value, 2))
  return `${label}: precision ${p}, recall ${r}, F1 ${f}, expected in ${plural(support, 'row')}`
}
