import path from 'node:path'

/**
 * The library's default folder: the system's usual place for an application's local data. Not the
 * roaming or configuration folder: indexes are large, and useful only on this computer.
 */
export function defaultDataDir(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  home: string,
): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Penknife')
  if (platform === 'win32') {
    return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Penknife')
  }
  // The XDG base directory specification ignores a relative path.
  const xdg = env.XDG_DATA_HOME ?? ''
  return path.join(path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share'), 'Penknife')
}
