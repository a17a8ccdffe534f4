import { pathWithin } from './fieldPaths.ts'
import { plainSpelling } from './labels.ts'
import { measureKindsOf, type Measure } from './measure.ts'
import { shapeOf, type FieldType, type OutputField, type OutputFormat } from './outputFormat.ts'
import type { TemplatePlace, TemplateProblem } from './templateProblem.ts'

/** What is wrong with a format: labels and fields that come twice, objects without fields, lists without labels. */
export function formatProblems(format: OutputFormat): readonly TemplateProblem[] {
  if (format.kind === 'text') return measureProblems(format, format.measure, { kind: 'format' })
  if (format.kind === 'label') {
    const place = { kind: 'format' } as const
    return [
      ...labelProblems(format.labels, place),
      ...measureProblems(format, format.measure, place),
    ]
  }
  return fieldsProblems(format.fields, null)
}

/** @param outer path of the field that has these; null: the format */
function fieldsProblems(
  fields: readonly OutputField[],
  outer: string | null,
): readonly TemplateProblem[] {
  if (fields.length === 0) {
    return outer === null
      ? [error({ kind: 'format' }, 'The format has no fields. Add the first one.')]
      : [error({ kind: 'field', name: outer }, `“${outer}” has no fields. Add the first one.`)]
  }
  const seen = new Set<string>()
  const problems: TemplateProblem[] = []
  for (const { name: own, type, measure } of fields) {
    const name = pathWithin(outer ?? '', own)
    const place = { kind: 'field', name } as const
    if (seen.has(name)) {
      problems.push(error(place, `Two fields are called “${name}”. Rename or remove one.`))
    }
    seen.add(name)
    problems.push(...labelProblems(labelsOf(type), place), ...measureProblems(type, measure, place))
    const shape = shapeOf(type)
    if (shape.kind !== 'leaf') problems.push(...fieldsProblems(shape.fields, name))
  }
  return problems
}

function measureProblems(
  type: { readonly kind: 'text' | 'label' } | FieldType,
  measure: Measure | undefined,
  place: TemplatePlace,
): TemplateProblem[] {
  const kinds = measureKindsOf(type)
  if (measure === undefined || kinds.includes(measure.kind)) return []
  const what = place.kind === 'field' ? `“${place.name}”` : 'The answer'
  const known = kinds.map((kind) => `“${kind}”`).join(', ')
  const message = `${what} can’t be judged by “${measure.kind}”. Choose one of ${known}.`
  return [error(place, message)]
}

function labelsOf(type: FieldType): readonly string[] | null {
  const item = type.kind === 'list' ? type.item : type
  return item.kind === 'label' ? item.labels : null
}

function labelProblems(labels: readonly string[] | null, place: TemplatePlace): TemplateProblem[] {
  if (labels === null) return []
  const where = place.kind === 'field' ? ` of “${place.name}”` : ''
  if (labels.length === 0) {
    return [error(place, `The list of labels${where} is empty. Add the labels to choose from.`)]
  }
  const problems: TemplateProblem[] = []
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const label of labels) {
    if (seen.has(label)) twice.add(label)
    seen.add(label)
    if (label !== label.trim() || label.trim() === '') {
      const message = `The label “${label}”${where} has white space around it. Remove it.`
      problems.push(error(place, message))
    } else if (/[\n\r]/u.test(label)) {
      problems.push(error(place, `The label “${label}”${where} has a line break. Remove it.`))
    }
  }
  for (const label of twice) {
    problems.push(error(place, `The label “${label}”${where} stands twice. Remove one.`))
  }
  const bySpelling = new Map<string, string[]>()
  for (const label of seen) {
    const spelling = plainSpelling(label)
    bySpelling.set(spelling, [...(bySpelling.get(spelling) ?? []), label])
  }
  for (const [first = '', ...others] of bySpelling.values()) {
    if (others.length === 0) continue
    const alike = others.map((other) => `“${other}”`).join(', ')
    const message = `The labels “${first}” and ${alike}${where} differ in capitals or marks only. Rename them, or one may be taken for the other.`
    problems.push({ severity: 'warning', place, message })
  }
  return problems
}

function error(place: TemplatePlace, message: string): TemplateProblem {
  return { severity: 'error', place, message }
}
