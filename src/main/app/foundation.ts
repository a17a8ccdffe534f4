import type { Settings } from '../../shared/domain/settings.ts'
import { makeDataFolder } from '../disk/dataFolder.ts'
import type { Disposer } from '../flow/disposer.ts'
import type { Notice } from '../disk/jsonFile.ts'
import { acquireLock } from '../disk/lock.ts'
import { createLogger, type Logger } from '../disk/logger.ts'
import { createPaths, createResources, type Paths, type Resources } from '../disk/paths.ts'
import { openSettings, type CheckedSettings } from '../config/settingsStore.ts'
import { logHostFailures } from '../processes/hostOutput.ts'
import type { StartHost } from '../processes/hostProcess.ts'

export interface FoundationOptions {
  readonly dataDir: string
  /** Folder of the bundled models and the sample library. */
  readonly resourcesDir: string
  readonly startHost: StartHost
  /** Settings that override those of the file, for this process only. */
  readonly overrides?: Partial<Settings>
  /**
   * Called while the index of an earlier version is copied, which takes a minute for 100,000 passages, with
   * the share that is done, from 0 to 1. The app opens when it is.
   */
  readonly onUpgrade?: (share: number) => void
}

/** What all parts of the app need. */
export interface Foundation {
  readonly paths: Paths
  readonly resources: Resources
  readonly startHost: StartHost
  readonly settings: CheckedSettings
  readonly logger: Logger
  /** Receives sentences for the user about repairs at the start. */
  readonly notice: Notice
  /** All notices so far. */
  readonly notices: readonly string[]
  /** Each part adds its disposal here. */
  readonly disposer: Pick<Disposer, 'add'>
}

/**
 * @throws AppError `library-locked` if another process has the data directory open, and what
 * `makeDataFolder` throws.
 */
export async function openFoundation(
  { dataDir, resourcesDir, startHost, overrides = {} }: FoundationOptions,
  disposer: Pick<Disposer, 'add'>,
): Promise<Foundation> {
  const paths = createPaths(dataDir)
  const notices: string[] = []
  const notice = (sentence: string): void => void notices.push(sentence)

  await makeDataFolder(dataDir)
  const lock = await acquireLock(paths.lock)
  disposer.add(() => lock.release())
  const logger = createLogger(paths.logs)
  disposer.add(() => logger.close())
  const settings = withOverrides(await openSettings(paths.settings, notice), overrides)
  disposer.add(() => settings.settled())
  const resources = createResources(resourcesDir)
  return {
    paths,
    resources,
    startHost: logHostFailures(startHost, logger),
    settings,
    logger,
    notice,
    notices,
    disposer,
  }
}

function withOverrides(store: CheckedSettings, overrides: Partial<Settings>): CheckedSettings {
  return { ...store, get: () => ({ ...store.get(), ...overrides }) }
}
