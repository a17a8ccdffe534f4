import type { AppInfo } from '../../../shared/contract/settings.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

/** Version, platform, data folder and notices of the app; null until known. */
export function mirrorAppInfo(
  { settings }: Pick<Api, 'settings'>,
  tell: Tell,
): Mirrored<AppInfo | null> {
  return createMirrored<AppInfo | null>(
    {
      initial: null,
      load: () => settings.info(),
      sentence: 'Penknife could not be reached. Reload the window.',
    },
    tell,
  )
}
