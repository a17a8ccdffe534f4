import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * The application menu. On macOS Copy, Paste and Quit need it for their shortcuts; elsewhere it is
 * hidden and only provides shortcuts.
 */
export function setMenu(platform: NodeJS.Platform, packaged: boolean): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  const development: MenuItemConstructorOptions[] = [{ role: 'reload' }, { role: 'toggleDevTools' }]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      { role: 'editMenu' },
      { label: 'View', submenu: packaged ? view : [...view, ...development] },
      { role: 'windowMenu' },
    ]),
  )
}

/** A context menu for the text under the pointer (Copy, Paste and so on). */
export function offerEditing(contents: Electron.WebContents): void {
  contents.on('context-menu', (_event, { isEditable, selectionText }) => {
    const roles = isEditable
      ? (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const)
      : (['copy', 'selectAll'] as const)
    if (!isEditable && selectionText === '') return
    Menu.buildFromTemplate(roles.map((role) => ({ role }))).popup()
  })
}
