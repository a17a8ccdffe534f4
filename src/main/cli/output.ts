import { jsonForTerminal, textForTerminal } from './safeText.ts'

/** Where a command prints: results to stdout, messages about the work to stderr. */
export interface Output {
  readonly json: boolean
  /** A result: one JSON document with `--json`, else `text`. */
  result(value: unknown, text: string): void
  /** Progress, warnings and notices. */
  message(text: string): void
}

export function createOutput(json: boolean): Output {
  return {
    json,
    result(value, text) {
      process.stdout.write(`${json ? jsonForTerminal(value) : textForTerminal(text)}\n`)
    },
    message(text) {
      process.stderr.write(`${textForTerminal(text)}\n`)
    },
  }
}
