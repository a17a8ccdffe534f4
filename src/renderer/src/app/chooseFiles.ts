/**
 * Opens the system's file dialog; answers with what was chosen, empty if nothing was.
 *
 * @param extensions that the dialog offers: lower case, without the dot
 */
export function chooseFiles(
  choice: 'files' | 'folder',
  extensions: ReadonlySet<string>,
): Promise<readonly File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  if (choice === 'folder') input.webkitdirectory = true
  else input.accept = [...extensions].map((one) => `.${one}`).join(',')
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
