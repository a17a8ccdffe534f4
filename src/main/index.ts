import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { app, dialog } from 'electron'
import { defaultDataDir } from './disk/defaultDataDir.ts'
import { openDesktop } from './electron/desktop.ts'
import { registerScheme } from './electron/protocol.ts'
import { lockApp } from './electron/security.ts'
import { setLocale } from '../shared/domain/localFormat.ts'
import { toWire } from '../shared/errors.ts'

const given = app.commandLine.getSwitchValue('data-dir')
const dataDir =
  given === '' ? defaultDataDir(process.platform, process.env, homedir()) : path.resolve(given)

lockApp(app)
registerScheme()
// Chromium's own files keep to a folder of theirs; it is also what makes one app per library.
const ownDir = path.join(dataDir, 'window')
mkdirSync(ownDir, { recursive: true })
app.setPath('userData', ownDir)

if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() => {
      setLocale(app.getSystemLocale())
      return openDesktop({ dataDir, programsDir: import.meta.dirname })
    })
    .catch((error: unknown) => {
      const { message } = toWire(error)
      process.stderr.write(`${message}\n`)
      dialog.showErrorBox('Penknife cannot start', message)
      app.exit(1)
    })
} else {
  app.quit()
}
