import path from 'node:path'

/**
 * Where the library lies unless told otherwise: the system's usual folder for what an application
 * keeps on this machine. Not the roaming or configuration folder: indexes are large, and good here
 * only.
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
