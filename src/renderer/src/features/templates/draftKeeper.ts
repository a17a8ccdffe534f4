import type { Template } from '../../../../shared/domain/template/template.ts'

export interface DraftKeeper {
  /** Keeps this text a second after the last call. */
  touch(id: string, template: Template): void
  /** Keeps at once what still waits; resolves when the core has it. */
  flush(): Promise<void>
  /** Forgets what waits: it was saved, or went back to what is saved. */
  forget(): void
}

export interface DraftKeeperDeps {
  readonly keep: (id: string, template: Template) => Promise<unknown>
  readonly onError: (error: unknown) => void
  /** Milliseconds without an edit after which a draft is kept. */
  readonly pauseMs?: number
}

/** Keeps changes that no version holds yet, so that a crash costs a second of work at most. */
export function createDraftKeeper({
  keep,
  onError,
  pauseMs = 1_000,
}: DraftKeeperDeps): DraftKeeper {
  let waiting: { readonly id: string; readonly template: Template } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function flush(): Promise<void> {
    clearTimeout(timer)
    if (waiting === null) return
    const { id, template } = waiting
    waiting = null
    try {
      await keep(id, template)
    } catch (error) {
      onError(error)
    }
  }

  return {
    touch(id, template) {
      clearTimeout(timer)
      waiting = { id, template }
      timer = setTimeout(() => void flush(), pauseMs)
    },
    flush,
    forget() {
      clearTimeout(timer)
      waiting = null
    },
  }
}
