import { useCallback, useEffect, useState } from 'react'
import type { ModelState } from '../../../../shared/contract/models.ts'
import {
  defaultModelSettings,
  type ModelSettings,
  type Settings,
} from '../../../../shared/domain/settings.ts'
import type { Api } from '../../api/api.ts'
import { showError } from '../../ui/toasts.ts'

export interface SettingsHandle {
  /** null until they have arrived. */
  readonly settings: Settings | null
  readonly model: ModelState | null
  /** Applies at once. */
  readonly change: (patch: Partial<Settings>) => void
  /** Changes how the model in use is used; without one, nothing. */
  readonly changeModel: (patch: Partial<ModelSettings>) => void
}

/** The settings and the state of the model, as the core has them. */
export function useSettings(api: Pick<Api, 'settings' | 'models'>): SettingsHandle {
  const [settings, setSettings] = useState<Settings | null>(null)
  const [model, setModel] = useState<ModelState | null>(null)

  useEffect(() => {
    let closed = false
    const fail = (error: unknown): void => {
      if (!closed) showError(error, 'The settings could not be read. Restart Penknife.')
    }
    api.settings.get().then((now) => {
      if (!closed) setSettings(now)
    }, fail)
    api.models.state().then((now) => {
      if (!closed) setModel(now)
    }, fail)
    const stops = [api.settings.changed(setSettings), api.models.stateChanged(setModel)]
    return () => {
      closed = true
      for (const stop of stops) stop()
    }
  }, [api])

  const change = useCallback(
    (patch: Partial<Settings>) => {
      // Shown before the core has answered: a switch that hesitates feels broken.
      setSettings((before) => (before === null ? null : { ...before, ...patch }))
      api.settings.update(patch).then(setSettings, (error: unknown) => {
        showError(error, 'The setting could not be saved. Check that there is room on the disk.')
        api.settings.get().then(setSettings, () => setSettings(null))
      })
    },
    [api],
  )

  function changeModel(patch: Partial<ModelSettings>): void {
    const file = model?.file ?? null
    if (settings === null || file === null) return
    const before = settings.models[file] ?? defaultModelSettings
    change({ models: { ...settings.models, [file]: { ...before, ...patch } } })
  }

  return { settings, model, change, changeModel }
}
