import {
  defaultModelSettings,
  defaultSettings,
  type ModelSettings,
  type Settings,
} from '../../../shared/domain/settings.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

export interface SettingsMirror extends Mirrored<Settings> {
  /**
   * Applies a change at once; if it can't be saved, reverts and reports it.
   *
   * @param sentence for errors without a message for users
   */
  readonly update: (patch: Partial<Settings>, sentence?: string) => void
  /** Changes the settings of a model file. */
  readonly updateModel: (file: string, patch: Partial<ModelSettings>) => void
}

const notSaved = 'The setting could not be saved. Check that there is room on the disk.'

/** The settings; the defaults until known. */
export function mirrorSettings({ settings }: Pick<Api, 'settings'>, tell: Tell): SettingsMirror {
  const mirrored = createMirrored<Settings>(
    {
      initial: defaultSettings,
      load: () => settings.get(),
      follow: (change) => [settings.changed((now) => change(() => now))],
      sentence: 'The settings could not be read. Restart Penknife.',
    },
    tell,
  )

  function update(patch: Partial<Settings>, sentence = notSaved): void {
    void mirrored.write(
      (before) => ({ ...before, ...patch }),
      () => settings.update(patch),
      sentence,
    )
  }

  return {
    ...mirrored,
    update,
    updateModel(file, patch) {
      const { models } = mirrored.getState().value
      const before = models[file] ?? defaultModelSettings
      update({ models: { ...models, [file]: { ...before, ...patch } } })
    },
  }
}
