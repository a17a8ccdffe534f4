/** Whether the control that had the focus is gone, or takes no keys any more. */
export function isFocusLost(): boolean {
  const { activeElement } = document
  return (
    activeElement === null || activeElement === document.body || activeElement.matches(':disabled')
  )
}
