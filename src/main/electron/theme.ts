import { nativeTheme, type BrowserWindow } from 'electron'
import type { AppContract } from '../../shared/contract/index.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { windowColours } from './window.ts'

/** Applies the chosen theme to menus, title bar and the page's `prefers-color-scheme`. */
export async function followTheme(settings: Handlers<AppContract>['settings']): Promise<void> {
  const apply = ({ theme }: Settings): void => {
    nativeTheme.themeSource = theme
  }
  settings.changed(apply)
  apply(await settings.get(undefined, { signal: new AbortController().signal }))
}

/** Recolours the system-drawn parts of a window when light and dark change. */
export function followColours(window: BrowserWindow, platform: NodeJS.Platform): void {
  const recolour = (): void => {
    const { background, overlay } = windowColours()
    window.setBackgroundColor(background)
    if (platform === 'win32') window.setTitleBarOverlay(overlay)
  }
  nativeTheme.on('updated', recolour)
  window.once('closed', () => nativeTheme.off('updated', recolour))
}
