import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AsideItem } from '../../../../shared/contract/data.ts'
import { toWire } from '../../../../shared/errors.ts'
import type { Api } from '../../api/api.ts'

export interface SetAsideState {
  /** null until loaded. */
  readonly items: readonly AsideItem[] | null
  /** Why the list could not be loaded, as a sentence. */
  readonly problem: string | null
  /** Id of what is being restored or deleted. */
  readonly working: string | null
  /** Ids to be deleted once a person has confirmed it; null if none. */
  readonly deleting: readonly string[] | null
}

export interface SetAsideStore {
  readonly store: StoreApi<SetAsideState>
  load(): Promise<void>
  restore(item: AsideItem): Promise<void>
  /** Asks first. */
  askToDelete(ids: readonly string[]): void
  keep(): void
  /** Deletes what was asked for. */
  remove(): Promise<void>
  showFolder(id: string): void
}

export interface SetAsideStoreDeps {
  readonly api: Pick<Api, 'data'>
  readonly onMessage: (text: string) => void
  readonly onError: (error: unknown, fallback: string) => void
}

/** What was set aside, and what a person does with it. */
export function createSetAsideStore({
  api: { data },
  onMessage,
  onError,
}: SetAsideStoreDeps): SetAsideStore {
  const store = createStore<SetAsideState>(() => ({
    items: null,
    problem: null,
    working: null,
    deleting: null,
  }))

  async function load(): Promise<void> {
    try {
      store.setState({ items: await data.setAside(), problem: null })
    } catch (error) {
      store.setState({ problem: toWire(error).message })
    }
  }

  async function work(id: string, task: () => Promise<void>, fallback: string): Promise<void> {
    if (store.getState().working !== null) return
    store.setState({ working: id })
    try {
      await task()
    } catch (error) {
      onError(error, fallback)
    } finally {
      await load()
      store.setState({ working: null })
    }
  }

  return {
    store,
    load,
    restore: ({ id }) =>
      work(
        id,
        async () => {
          const { name } = await data.restoreSetAside({ id })
          onMessage(`${name} is in the library again.`)
        },
        'The document could not be restored.',
      ),
    askToDelete: (ids) => store.setState({ deleting: ids }),
    keep: () => store.setState({ deleting: null }),
    async remove() {
      const ids = store.getState().deleting
      store.setState({ deleting: null })
      const [first] = ids ?? []
      if (ids === null || first === undefined) return
      await work(first, () => data.deleteSetAside({ ids: [...ids] }), 'It could not be deleted.')
    },
    showFolder(id) {
      data
        .showSetAside({ id })
        .catch((error: unknown) => onError(error, 'The folder could not be opened.'))
    },
  }
}
