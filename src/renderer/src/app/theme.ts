import { useEffect } from 'react'
import type { Settings } from '../../../shared/domain/settings.ts'
import { useMediaQuery } from '../ui/useMediaQuery.ts'

/** Applies the chosen or the system's theme to the document. */
export function useTheme(theme: Settings['theme']): void {
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)')
  const dark = theme === 'dark' || (theme === 'system' && systemDark)
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }, [dark])
}
