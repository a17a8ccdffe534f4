import { useEffect, useRef } from 'react'

export interface TemplateKeys {
  readonly onSave: () => void
}

/** Shortcuts that work anywhere while a template is open. */
export function useTemplateKeys(keys: TemplateKeys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const mod = event.metaKey || event.ctrlKey
      if (!mod || event.altKey || event.shiftKey || event.code !== 'KeyS') return
      // Otherwise the browser would save the page.
      event.preventDefault()
      latest.current.onSave()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
