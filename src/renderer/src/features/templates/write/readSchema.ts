import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'

export function readSchema(_text: string): {
  readonly format: OutputFormat | null
  readonly problems: readonly string[]
} {
  return { format: null, problems: ['Not yet.'] }
}
