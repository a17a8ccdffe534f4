/** Saves a text as a download. */
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
  // The click starts the download, but the blob is read later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
