import { formatOfJsonSchema } from '../../../../../shared/domain/template/jsonSchema.ts'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'

/** Converts a pasted JSON schema to a format, with sentences about what isn't supported. */
export function readSchema(text: string): {
  readonly format: OutputFormat | null
  readonly problems: readonly string[]
} {
  try {
    const { format, notes } = formatOfJsonSchema(JSON.parse(text))
    return {
      format,
      problems: notes.map(({ field, message }) =>
        field === null ? message : `${field}: ${message}`,
      ),
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return {
      format: null,
      problems: ['This is not JSON. Look for a missing bracket, quote or comma.'],
    }
  }
}
