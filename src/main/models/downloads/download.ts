import type { Download as DownloadView } from '../../../shared/contract/models.ts'
import type { DownloadPlan } from './downloadPlan.ts'

export type DownloadState = DownloadView['state']

/** A download that is running, finished, or waiting for the user. */
export interface Download {
  readonly plan: DownloadPlan
  doneBytes: number
  /** null until the length of every file is known. */
  totalBytes: number | null
  state: DownloadState
  /** Stops it. */
  controller: AbortController
  /** Resolves once it no longer writes. */
  running: Promise<void>
}

/** A download that is not running yet. */
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

/** The download as the window shows it. */
export function viewOf({ plan, doneBytes, totalBytes, state }: Download): DownloadView {
  const { host } = new URL(plan.files[0]?.url ?? 'https://unknown')
  return { id: plan.id, name: plan.name, host, doneBytes, totalBytes, state }
}

export function isActive({ state: { status } }: Download): boolean {
  return status === 'downloading' || status === 'reconnecting' || status === 'verifying'
}

/** Stops it, and waits until it no longer writes. */
export async function stopDownload({ controller, running }: Download): Promise<void> {
  controller.abort()
  await running
}
