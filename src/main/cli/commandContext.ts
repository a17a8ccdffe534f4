import type { Settings } from '../../shared/domain/settings.ts'
import type { App, AppOptions } from '../app.ts'
import type { Output } from './output.ts'

/** What a command needs to run. */
export interface CommandContext {
  readonly output: Output
  readonly signal: AbortSignal
  /**
   * All that is sent to standard input, which can be read once.
   *
   * @param wanted what it should contain, for errors.
   */
  readonly readInput: (wanted: string) => Promise<Uint8Array>
  /** Opens the library, runs `work` and closes it again. */
  readonly withApp: <T>(
    work: (app: App) => Promise<T> | T,
    overrides?: Partial<Settings>,
  ) => Promise<T>
  /** For commands that open another library, such as `eval`. */
  readonly appOptions: Omit<AppOptions, 'dataDir' | 'overrides'>
  /** Makes the program exit with 1. */
  readonly fail: () => void
}
