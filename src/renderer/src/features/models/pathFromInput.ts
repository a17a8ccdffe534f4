/** The path in typed or pasted text, without the quotes that file managers add. */
export function pathFromInput(input: string): string {
  const text = input.trim()
  const quoted = /^"(.*)"$|^'(.*)'$/su.exec(text)
  const path = (quoted?.[1] ?? quoted?.[2] ?? text).trim()
  if (!path.startsWith('file://')) return path
  try {
    const { pathname } = new URL(path)
    // file:///C:/Models is C:/Models on Windows.
    return decodeURIComponent(pathname).replace(/^\/(?=[A-Za-z]:\/)/u, '')
  } catch {
    // Not a valid address: the core reports that there is no such file.
    return path
  }
}
