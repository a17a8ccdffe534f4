import { pathSeparator } from './fieldName.ts'
import { shapeOf, type OutputField } from './outputFormat.ts'

/** A field with its place in a format; its path names the fields above it, as in `address.city`. */
export interface PlacedField {
  readonly path: string
  readonly field: OutputField
  /** The fields that it is in, the outermost first. */
  readonly above: readonly PlacedField[]
}

/** All fields of a format, each before those within it. */
export function placedFields(
  fields: readonly OutputField[],
  above: readonly PlacedField[] = [],
): readonly PlacedField[] {
  return fields.flatMap((field) => {
    const placed = { path: pathWithin(above.at(-1)?.path ?? '', field.name), field, above }
    const shape = shapeOf(field.type)
    return shape.kind === 'leaf'
      ? [placed]
      : [placed, ...placedFields(shape.fields, [...above, placed])]
  })
}

/** The path of a field within another; '' is the whole answer. */
export function pathWithin(path: string, name: string): string {
  return path === '' ? name : path + pathSeparator + name
}

export function namesOf(path: string): readonly string[] {
  return path.split(pathSeparator)
}

/** The path of an item in a list of objects, which those of its fields begin with: `items.2`. */
export function pathOfItem(path: string, index: number): string {
  return pathWithin(path, String(index + 1))
}

/** Whether a path is another one, or that of a field within it. */
export function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(outer + pathSeparator)
}
