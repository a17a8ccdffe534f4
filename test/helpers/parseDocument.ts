import { detectFormat } from '../../src/main/parsing/formats/detectFormat.ts'
import type { ParseContext, ParsedPages } from '../../src/main/parsing/formats/format.ts'
import { defaultParseLimits, type ParseLimits } from '../../src/main/parsing/parseLimits.ts'
import { parsers } from '../../src/main/parsing/formats/registry.ts'

/** Parses a file as the app does: its format is detected by its name and bytes. */
export async function parseDocument(
  name: string,
  bytes: Uint8Array,
  limits: Partial<ParseLimits> = {},
): Promise<ParsedPages> {
  const context: ParseContext = {
    limits: { ...defaultParseLimits, ...limits },
    signal: new AbortController().signal,
    onPage: () => undefined,
  }
  return parsers[detectFormat(name, bytes)](bytes, context)
}

/** `heading1: Keys` for each block, in order. */
export function blockLines({ pages }: ParsedPages): readonly string[] {
  return pages.flatMap(({ text, blocks }) =>
    blocks.map(({ kind, level, start, end }) => `${kind}${level ?? ''}: ${text.slice(start, end)}`),
  )
}
