/** A background job of any kind, as shown in the rail and the list of jobs. */
export interface Job {
  readonly id: string
  readonly title: string
  /** 0 to 1; null while it is unknown. */
  readonly fraction: number | null
  /** It has failed, and waits for the user. */
  readonly failed: boolean
  /** A few words for the rail: its state or the time left. */
  readonly brief: string
  /** Its progress in figures. */
  readonly figures: string
  /** What went wrong; null if nothing did. */
  readonly note: string | null
  /** null if it can't be paused or isn't running. */
  readonly pause: (() => void) | null
  /** Continues after a pause or failure; null if it can't. */
  readonly resume: (() => void) | null
  readonly cancel: () => void
}
