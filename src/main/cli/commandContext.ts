import type { Settings } from '../../shared/domain/settings.ts'
import type { App, AppOptions } from '../app.ts'
import type { Output } from './output.ts'

/** What a command works with. */
export interface CommandContext {
  readonly output: Output
  readonly signal: AbortSignal
  /** Opens the library, runs `work` and closes it again. */
  readonly withApp: <T>(
    work: (app: App) => Promise<T> | T,
    overrides?: Partial<Settings>,
  ) => Promise<T>
  /** For libraries in a folder of their own. */
  readonly appOptions: Omit<AppOptions, 'dataDir' | 'overrides'>
  /** Makes the program exit with 1. */
  readonly fail: () => void
}
