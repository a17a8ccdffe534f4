import { commandingSigns } from '../../shared/domain/commandingSigns.ts'

/**
 * Text of any origin for a terminal: it moves no cursor, starts no escape sequence and reorders
 * nothing. Such signs are shown by their number.
 */
export function textForTerminal(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(commandingSigns, (sign) => `\\u{${codeOf(sign)}}`)
}

/** A value as JSON that is as safe to print, and is read back as the same value. */
export function jsonForTerminal(value: unknown): string {
  return JSON.stringify(value).replace(
    commandingSigns,
    (sign) => `\\u${codeOf(sign).padStart(4, '0')}`,
  )
}

/**
 * Words of a document or a model, indented: lines that begin at the margin are Penknife's own, so
 * that nothing can pass for them.
 */
export function indented(text: string): string {
  return text.replace(/^(?=.)/gmu, '    ')
}

function codeOf(sign: string): string {
  return (sign.codePointAt(0) ?? 0).toString(16)
}
