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

export interface SettingsStore {
  get(): Settings
  /** Merges the given fields and answers with the whole, once it is on the disk. */
  update(change: SettingsPatch): Promise<Settings>
  onChange(listener: (settings: Settings) => void): () => void
}

/** The user's settings in a file. One that cannot be read is set aside; the defaults hold then. */
export async function openSettings(file: string, notice: Notice): Promise<SettingsStore> {
  let current = (await readJsonFile(file, settings, notice)) ?? defaultSettings
  const changed = createEmitter<Settings>()

  return {
    get: () => current,
    async update(change) {
      current = settings.parse({ ...current, ...change })
      const written = current
      changed.emit(current)
      await mkdir(path.dirname(file), { recursive: true })
      await writeJsonFile(file, written)
      return written
    },
    onChange: changed.on,
  }
}
