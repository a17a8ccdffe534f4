import type { AppInfo } from '../../shared/contract/settings.ts'
import { appVersion } from '../config/version.ts'
import type { Documents } from './documents.ts'
import type { Foundation } from './foundation.ts'

/** Version, platform, data folder and notices of the app, for the window. */
export function appInfo(
  shell: AppInfo['shell'],
  { paths, notices }: Pick<Foundation, 'paths' | 'notices'>,
  { sample, indexing }: Pick<Documents, 'sample' | 'indexing'>,
): AppInfo {
  const { id, dimensions } = indexing.embedder
  return {
    version: appVersion,
    shell,
    platform: platform(),
    dataDir: paths.root,
    sampleQuestions: sample.questions,
    embedder: { id, dimensions },
    notices,
  }
}

function platform(): AppInfo['platform'] {
  const known = (['darwin', 'win32'] as const).find((name) => name === process.platform)
  return known ?? 'linux'
}
