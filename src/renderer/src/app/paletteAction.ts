import type { PaletteAction } from '../features/palette/CommandPalette.tsx'

/** Creates an entry of the palette. */
export function action(
  id: string,
  title: string,
  run: () => void,
  icon: PaletteAction['icon'],
  shortcut?: string,
): PaletteAction {
  return { id, title, run, icon, shortcut }
}
