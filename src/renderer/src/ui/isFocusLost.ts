/** Whether the focused control was removed or disabled. */
export function isFocusLost(): boolean {
  const { activeElement } = document
  return (
    activeElement === null || activeElement === document.body || activeElement.matches(':disabled')
  )
}
