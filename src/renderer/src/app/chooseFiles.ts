/** Opens the system's file dialog; answers with what was chosen, empty if nothing was. */
export function chooseFiles(
  choice: 'files' | 'folder',
  extensions: readonly string[],
): Promise<readonly File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  if (choice === 'folder') input.webkitdirectory = true
  else input.accept = extensions.map((one) => (one.startsWith('.') ? one : `.${one}`)).join(',')
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
