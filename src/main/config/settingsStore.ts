import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import {
  defaultSettings,
  settings,
  type Settings,
  type SettingsPatch,
} from '../../shared/domain/settings.ts'
import { createEmitter } from '../../shared/emitter.ts'
import { readJsonFile, writeJsonFile, type Notice } from '../disk/jsonFile.ts'
import { createMutex } from '../flow/mutex.ts'

export interface SettingsStore {
  get(): Settings
  /**
   * Merges the given fields and answers with the whole, once it is on the disk. What cannot be
   * written is not changed either.
   */
  update(change: SettingsPatch): Promise<Settings>
  onChange(listener: (settings: Settings) => void): () => void
}

/** The user's settings in a file. One that cannot be read is set aside; the defaults hold then. */
export async function openSettings(file: string, notice: Notice): Promise<SettingsStore> {
  let current = (await readJsonFile(file, settings, notice)) ?? defaultSettings
  const changed = createEmitter<Settings>()
  const inOrder = createMutex()

  return {
    get: () => current,
    update: (change) =>
      inOrder(async () => {
        const next = settings.parse({ ...current, ...change })
        await mkdir(path.dirname(file), { recursive: true })
        await writeJsonFile(file, next)
        current = next
        changed.emit(next)
        return next
      }),
    onChange: changed.on,
  }
}
