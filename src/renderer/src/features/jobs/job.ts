/** Background work of any kind, as the rail and the list of jobs show it. */
export interface Job {
  readonly id: string
  readonly title: string
  /** 0 to 1; null while nothing can be said. */
  readonly fraction: number | null
  /** It has stopped, and waits for a person. */
  readonly failed: boolean
  /** In a few words for the rail: its state, or how long it still takes. */
  readonly brief: string
  /** How far it is, in figures. */
  readonly figures: string
  /** What happened, if something did. */
  readonly note: string | null
  /** null: it cannot be paused, or is not running. */
  readonly pause: (() => void) | null
  /** Goes on after a pause or a failure; null: there is nothing to go on with. */
  readonly resume: (() => void) | null
  readonly cancel: () => void
}
