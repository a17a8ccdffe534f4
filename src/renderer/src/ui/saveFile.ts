/** Saves a text or bytes as a download. */
export function saveFile({
  name,
  content,
  type = 'text/plain',
}: {
  readonly name: string
  readonly content: string | Uint8Array<ArrayBuffer>
  readonly type?: string
}): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The click starts the download, but the blob is read later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
