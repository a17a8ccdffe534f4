import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * The application menu. On macOS it is where Copy, Paste and Quit get their shortcuts from;
 * elsewhere it stays hidden and only carries shortcuts.
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

/** Offers what can be done with the text under the pointer. */
export function offerEditing(contents: Electron.WebContents): void {
  contents.on('context-menu', (_event, { isEditable, selectionText }) => {
    const roles = isEditable
      ? (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const)
      : (['copy', 'selectAll'] as const)
    if (!isEditable && selectionText === '') return
    Menu.buildFromTemplate(roles.map((role) => ({ role }))).popup()
  })
}
