import type { Template } from '../../../../shared/domain/template/template.ts'

export interface DraftKeeper {
  /** Saves this template as a draft a second after the last call. */
  touch(id: string, template: Template): void
  /** Saves a pending draft at once; resolves when the core has it. */
  flush(): Promise<void>
  /** Drops a pending draft, because it was saved as a version or reverted. */
  forget(): void
}

export interface DraftKeeperDeps {
  readonly keep: (id: string, template: Template) => Promise<unknown>
  readonly onError: (error: unknown) => void
  /** Milliseconds without an edit after which a draft is saved. */
  readonly pauseMs?: number
}

/** Saves unversioned changes as drafts, so that a crash loses at most a second of work. */
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
