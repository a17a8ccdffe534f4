import {
  defaultSettings,
  settings,
  type Settings,
  type SettingsPatch,
} from '../../shared/domain/settings.ts'
import { createEmitter } from '../../shared/emitter.ts'
import type { CheckTask } from '../disk/checkTask.ts'
import type { Notice } from '../disk/jsonFile.ts'
import { openStoredValue } from '../disk/storedValue.ts'

export interface SettingsStore {
  get(): Settings
  /**
   * Merges the given fields into the settings and returns them once they are on the disk.
   *
   * @throws AppError `disk-full`, `permission-denied`; the settings are unchanged then.
   */
  update(change: SettingsPatch): Promise<Settings>
  onChange(listener: (settings: Settings) => void): () => void
}

/** With the check of its file, and its end. */
export interface CheckedSettings extends SettingsStore {
  /** Resolves when no change is being written. */
  readonly settled: () => Promise<void>
  readonly check: (name: string) => CheckTask
}

/** Opens the settings file. A file that can't be read is set aside and replaced by the defaults. */
export async function openSettings(file: string, notice: Notice): Promise<CheckedSettings> {
  const stored = await openStoredValue({
    file,
    schema: settings,
    otherwise: defaultSettings,
    notice,
  })
  const changed = createEmitter<Settings>()

  return {
    get: () => stored.get(),
    async update(change) {
      const after = await stored.change((before) => settings.parse({ ...before, ...change }))
      changed.emit(after)
      return after
    },
    onChange: changed.on,
    settled: stored.settled,
    check: stored.check,
  }
}
