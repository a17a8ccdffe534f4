/** The first kilobytes in which a page may name its encoding (HTML standard: the first 1,024). */
const prescanBytes = 4096

/** The encoding that a page names itself. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, prescanBytes))
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1] ?? xmlEncoding(head)
}

function xmlEncoding(head: string): string | undefined {
  return /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w:.-]+)/i.exec(head)?.[1]
}
