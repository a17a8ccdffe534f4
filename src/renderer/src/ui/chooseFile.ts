/**
 * Opens the system's file dialog for one file.
 *
 * @param accept as the attribute of a file field: extensions and media types
 * @returns null if nothing was chosen
 */
export function chooseFile(accept: string): Promise<File | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}
