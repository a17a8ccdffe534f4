/** Saves a text where the browser or the system saves downloads. */
export function saveTextFile({
  name,
  text,
  type = 'text/plain',
}: {
  readonly name: string
  readonly text: string
  readonly type?: string
}): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun with the click, but reads the blob later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
