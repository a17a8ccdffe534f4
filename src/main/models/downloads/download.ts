import type { Download as DownloadView } from '../../../shared/contract/models.ts'
import type { DownloadPlan } from './downloadPlan.ts'

export type DownloadState = DownloadView['state']

/** One model that is fetched, was, or waits for a person. */
export interface Download {
  readonly plan: DownloadPlan
  doneBytes: number
  /** null as long as the length of a file is not known. */
  totalBytes: number | null
  state: DownloadState
  /** Stops it. */
  controller: AbortController
  /** Resolves once it writes nothing more. */
  running: Promise<void>
}

/** A download that waits to be run. */
export function waitingDownload(
  plan: DownloadPlan,
  doneBytes: number,
  totalBytes: number | null,
): Download {
  return {
    plan,
    doneBytes,
    totalBytes,
    state: { status: 'paused' },
    controller: new AbortController(),
    running: Promise.resolve(),
  }
}

/** What a window sees of it. */
export function viewOf({ plan, doneBytes, totalBytes, state }: Download): DownloadView {
  const { host } = new URL(plan.files[0]?.url ?? 'https://unknown')
  return { id: plan.id, name: plan.name, host, doneBytes, totalBytes, state }
}

export function isActive({ state: { status } }: Download): boolean {
  return status === 'downloading' || status === 'reconnecting' || status === 'verifying'
}

/** Ends it, and waits until it writes nothing more. */
export async function stopDownload({ controller, running }: Download): Promise<void> {
  controller.abort()
  await running
}
