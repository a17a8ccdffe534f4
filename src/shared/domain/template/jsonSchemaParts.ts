import { isRecord } from '../isRecord.ts'
/** A JSON schema that is an object; the schemas `true` and `false` say nothing about a format. */
export type Schema = Readonly<Record<string, unknown>>

/** Follows a reference within the file; one that leads nowhere or in a circle says nothing. */
export function resolved(schema: unknown, whole: Schema): Schema {
  let current = schema
  for (let steps = 0; steps < 20; steps += 1) {
    if (!isSchema(current)) return {}
    const reference = current.$ref
    if (typeof reference !== 'string') return current
    current = reference
      .replace(/^#\/?/u, '')
      .split('/')
      .filter((part) => part !== '')
      .map((part) => decodePointer(part))
      .reduce<unknown>(
        (at, part) => (isSchema(at) && Object.hasOwn(at, part) ? at[part] : {}),
        whole,
      )
  }
  return {}
}

function decodePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The schema without the ways of saying that a value may be null. */
export function withoutNull(schema: Schema, whole: Schema): { only: Schema; nullable: boolean } {
  const { type } = schema
  if (schema.nullable === true) return { only: schema, nullable: true }
  if (Array.isArray(type) && type.includes('null')) {
    const rest: unknown[] = type.filter((one) => one !== 'null')
    const values = schema.enum
    return {
      only: {
        ...schema,
        type: rest.length === 1 ? rest[0] : rest,
        ...(Array.isArray(values) ? { enum: values.filter((one) => one !== null) } : {}),
      },
      nullable: true,
    }
  }
  for (const word of ['anyOf', 'oneOf']) {
    const options = schema[word]
    if (!Array.isArray(options)) continue
    const { [word]: _, ...rest } = schema
    const all = options.map((one) => resolved(one, whole))
    const others = all.filter((one) => one.type !== 'null' && one.const !== null)
    const nullable = others.length < all.length
    const constants = others.map((one) => one.const)
    if (constants.length > 0 && constants.every((one) => one !== undefined)) {
      return { only: { ...rest, enum: constants }, nullable }
    }
    const [single] = others
    if (single !== undefined && others.length === 1)
      return { only: { ...rest, ...single }, nullable }
    return { only: schema, nullable }
  }
  return { only: schema, nullable: false }
}

/** Its `type`, where it is one only. */
export function kindOf({ type }: Schema): unknown {
  return Array.isArray(type) && type.length === 1 ? type[0] : type
}

export function isSchema(value: unknown): value is Schema {
  return isRecord(value)
}
