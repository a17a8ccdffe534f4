import type { AppInfo } from '../../../shared/contract/settings.ts'
import type { Api } from '../api/api.ts'
import { createMirrored, type Mirrored, type Tell } from './mirrored.ts'

/** Where the window runs and what the core can read; null until it is known. */
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
