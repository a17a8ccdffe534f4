import { formatOfJsonSchema } from '../../../../../shared/domain/template/jsonSchema.ts'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'

/** The format that a pasted JSON schema describes, and in sentences what of it cannot be kept. */
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
