// Electron's npm package comes without its binary and downloads it on first use. This does it quietly,
// and gives up when the download stalls.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

const stalledAfterMs = 15_000
const packageDir = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/**
 * @param {string} [directory] Of Electron's package.
 * @returns {string | null} Path of Electron's binary if it is there and of the right version.
 */
export function findElectron(directory = packageDir) {
  try {
    const { version } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'))
    const dist = path.join(directory, 'dist')
    const installed = readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
    const binary = path.join(dist, readFileSync(path.join(directory, 'path.txt'), 'utf8').trim())
    return installed === version && existsSync(binary) ? binary : null
  } catch {
    // It was never unpacked, or not completely.
    return null
  }
}

/**
 * Why a program cannot open a window here, or null.
 *
 * @param {NodeJS.Platform} [platform]
 * @param {Readonly<Record<string, string | undefined>>} [env]
 */
export function missingDesktop(platform = process.platform, env = process.env) {
  if (platform !== 'linux') return null
  return env.DISPLAY || env.WAYLAND_DISPLAY ? null : 'there is no desktop to open a window on'
}

/**
 * Downloads Electron's binary with the package's own installer.
 *
 * @param {{ directory?: string, installer?: string, stallMs?: number }} [options]
 * @returns {Promise<{ binary: string, reason?: undefined } | { binary?: undefined, reason: string }>}
 * Its path, or why there is none, in words that complete "Electron cannot be used: …".
 */
export async function downloadElectron({
  directory = packageDir,
  installer = path.join(directory, 'install.js'),
  stallMs = stalledAfterMs,
} = {}) {
  // The download is written to the temporary folder; in a separate one its progress can be watched.
  const temporary = mkdtempSync(path.join(tmpdir(), 'penknife-electron-'))
  try {
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      env: {
        ...process.env,
        ELECTRON_GET_NO_PROGRESS: '1',
        TMPDIR: temporary,
        TEMP: temporary,
        TMP: temporary,
      },
    })
    const size = () => bytesIn(temporary) + bytesIn(path.join(directory, 'dist'))
    const outcome = await watch(child, size, stallMs)
    if (outcome === 'stalled') {
      return { reason: `its download made no progress for ${String(stallMs / 1000)} seconds` }
    }
    const binary = outcome === 0 ? findElectron(directory) : null
    return binary === null ? { reason: 'its download failed' } : { binary }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/**
 * Resolves with the exit code, or with `stalled` if it was ended because it made no progress.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => number} size
 * @param {number} stallMs
 * @returns {Promise<number | 'stalled'>}
 */
function watch(child, size, stallMs) {
  return new Promise((resolve) => {
    let last = size()
    let movedAt = Date.now()
    let stalled = false
    const look = () => {
      const now = size()
      if (now !== last) movedAt = Date.now()
      last = now
      stalled = Date.now() - movedAt >= stallMs
      if (stalled) child.kill('SIGKILL')
    }
    const timer = setInterval(look, Math.min(250, stallMs / 4))
    /** @param {number | null} code */
    const finish = (code) => {
      clearInterval(timer)
      resolve(stalled ? 'stalled' : (code ?? 1))
    }
    child.once('error', () => finish(1))
    child.once('exit', finish)
  })
}

/**
 * @param {string} entry
 * @returns {number}
 */
function bytesIn(entry) {
  try {
    const stat = statSync(entry)
    if (!stat.isDirectory()) return stat.size
    return readdirSync(entry).reduce((sum, name) => sum + bytesIn(path.join(entry, name)), 0)
  } catch {
    // Not there yet, or removed since it was listed.
    return 0
  }
}
