/**
 * Opens the system's file dialog. Resolves with the chosen files; empty if it was cancelled.
 *
 * @param extensions that can be chosen: lower case, without the dot
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
