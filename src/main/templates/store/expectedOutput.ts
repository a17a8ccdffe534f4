import { checkReply } from '../../../shared/domain/template/checkReply.ts'
import { exampleOutput } from '../../../shared/domain/template/exampleOutput.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import type { RawExpected } from '../../../shared/domain/template/rawExpected.ts'

/**
 * The answer that a row expects, exactly as a model should write it; the first of several accepted
 * ones.
 *
 * @returns null if nothing is expected, a field is missing, or it doesn't fit the format.
 */
export function expectedOutput(format: OutputFormat, raw: RawExpected): string | null {
  const output = exampleOutput(format, raw)
  return output !== null && checkReply(format, output).inDomain ? output : null
}
