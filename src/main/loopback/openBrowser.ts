import { spawn } from 'node:child_process'

/** The system's command that opens an address; null where there is no desktop. */
export function browserCommand(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): readonly [string, ...string[]] | null {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  const hasDesktop = (env.DISPLAY ?? env.WAYLAND_DISPLAY ?? '') !== ''
  return hasDesktop ? ['xdg-open'] : null
}

/** Opens an address in the default browser, if there is one. */
export function openBrowser(url: string): void {
  const command = browserCommand(process.platform, process.env)
  if (command === null) return
  const [program, ...args] = command
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
  // No such program: the address has been printed for this case.
  child.once('error', () => undefined)
  child.unref()
}
