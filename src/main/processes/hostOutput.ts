import { describeError, type Logger } from '../disk/logger.ts'
import type { StartHost } from './hostProcess.ts'

/** Begins what a helper says for the log. */
const reportMark = 'penknife: '

/** In a helper: says for the log that a call failed unexpectedly. */
export function reportUnexpected(method: string, error: unknown): void {
  const { error: kind, at } = describeError(error)
  process.stderr.write(`${reportMark}${method} failed: ${String(kind)} ${String(at ?? '')}\n`)
}

/**
 * Writes to the log what helpers say about failures. Other output is left out: libraries quote the
 * document that they can't read, and the log never contains text of documents.
 */
export function logHostFailures(start: StartHost, logger: Pick<Logger, 'error'>): StartHost {
  return (entry, options = {}) => {
    let last = ''
    return start(entry, {
      ...options,
      onErrorOutput(text) {
        const lines = (last + text).split('\n')
        last = lines.pop() ?? ''
        const said = lines.flatMap(withoutQuotes)
        if (said.length > 0) logger.error(`${entry}: ${said.join(' | ')}`)
        options.onErrorOutput?.(text)
      },
    })
  }
}

/** What a line says about the program, without what it may quote; nothing for other lines. */
function withoutQuotes(line: string): readonly string[] {
  if (line.startsWith(reportMark)) return [line.slice(reportMark.length)]
  // Uncaught errors, of which only the kind and the places; aborts of V8 and of llama.cpp.
  if (/^\s+at |^FATAL ERROR|GGML_ASSERT/u.test(line)) return [line.trim()]
  return /^(?:Uncaught )?\w*Error\b/u.exec(line) ?? []
}
