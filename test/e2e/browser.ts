import { existsSync } from 'node:fs'
import path from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

/** Default paths of Chrome and Edge. */
function installedBrowsers(): readonly string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    return roots.flatMap((name) => {
      const root = process.env[name]
      if (root === undefined) return []
      return [
        path.join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        path.join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]
    })
  }
  return ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/microsoft-edge']
}

/** `PENKNIFE_SHOW=1` shows the browser: one that is installed, as the one from npm has no window. */
const shown = process.env.PENKNIFE_SHOW === '1'
/** On Linux the npm package that carries a browser has one for this processor only. */
const canUseBundled = process.platform === 'linux' && process.arch === 'x64' && !shown
const installed = installedBrowsers().find((file) => existsSync(file))

/** Why there is no browser to test in, or null. */
export const missingBrowser =
  canUseBundled || installed !== undefined ? null : 'neither Chrome nor Edge is installed'

/** Starts a separate browser, headless unless it is to be shown. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = canUseBundled ? await sparticuz.executablePath() : installed
  if (executablePath === undefined) throw new Error(missingBrowser ?? '')
  return chromium.launch({
    executablePath,
    // Not the package's own list: it turns off the very protections that are tested here.
    args: ['--no-sandbox', '--disable-gpu'],
    headless: !shown,
    slowMo: shown ? 250 : 0,
  })
}
