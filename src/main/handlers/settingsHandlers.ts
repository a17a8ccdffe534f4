import type { AppContract } from '../../shared/contract/index.ts'
import type { AppInfo } from '../../shared/contract/settings.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { SettingsStore } from '../config/settingsStore.ts'

export function createSettingsHandlers(deps: {
  readonly settings: SettingsStore
  readonly info: () => AppInfo
}): Handlers<AppContract>['settings'] {
  const { settings, info } = deps
  return {
    get: () => settings.get(),
    update: (patch) => settings.update(patch),
    changed: (listener) => settings.onChange(listener),
    info: () => info(),
  }
}
