/**
 * Opens the system's file dialog for one file and reads it as text.
 * @param accept as the attribute of a file field: extensions and media types
 * @returns null if nothing was chosen
 */
export async function chooseTextFile(
  accept: string,
): Promise<{ readonly name: string; readonly text: string } | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  const file = await new Promise<File | null>((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
  return file === null ? null : { name: file.name, text: await file.text() }
}
