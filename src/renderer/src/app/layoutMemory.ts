import type { WindowLayout } from '../../../shared/domain/windowLayout.ts'
import type { SettingsMirror } from '../mirror/settings.ts'

export interface LayoutMemory {
  readonly toggleRail: () => void
  /** @param width pixels */
  readonly rememberInspector: (name: string, width: number) => void
}

/**
 * Stores the window's layout in the core's settings: a browser's local storage is per port, and the
 * port changes at each start.
 */
export function createLayoutMemory(settings: SettingsMirror): LayoutMemory {
  function change(next: (layout: WindowLayout) => WindowLayout): void {
    settings.update(
      { layout: next(settings.getState().value.layout) },
      'The layout of the window could not be saved.',
    )
  }

  return {
    toggleRail: () => change((layout) => ({ ...layout, railCollapsed: !layout.railCollapsed })),
    rememberInspector: (name, width) =>
      change((layout) => ({
        ...layout,
        inspectors: { ...layout.inspectors, [name]: Math.round(width) },
      })),
  }
}
