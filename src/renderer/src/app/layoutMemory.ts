import type { StoreApi } from 'zustand/vanilla'
import type { WindowLayout } from '../../../shared/domain/windowLayout.ts'
import type { Api } from '../api/api.ts'
import type { CoreState } from './coreState.ts'

export interface LayoutMemory {
  readonly toggleRail: () => void
  /** @param width pixels */
  readonly rememberInspector: (name: string, width: number) => void
}

/**
 * Remembers how the window is laid out, in the settings of the core: a browser's own storage belongs
 * to one port, and the port is another at each start.
 */
export function createLayoutMemory({
  api,
  core,
  onError,
}: {
  readonly api: Pick<Api, 'settings'>
  readonly core: StoreApi<CoreState>
  readonly onError: (error: unknown) => void
}): LayoutMemory {
  function change(next: (layout: WindowLayout) => WindowLayout): void {
    const { settings } = core.getState()
    const layout = next(settings.layout)
    // Seen at once, whatever the disk takes.
    core.setState({ settings: { ...settings, layout } })
    api.settings.update({ layout }).catch(onError)
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
