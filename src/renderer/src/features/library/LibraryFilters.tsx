import { ChevronDown } from 'lucide-react'
import { useMemo } from 'react'
import type { Collection, LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { Chip } from '../../ui/Chip.tsx'
import { SearchInput } from '../../ui/Field.tsx'
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { isInState, type Filter, type StateFilter } from './libraryRows.ts'
import { plural } from '../../ui/format.ts'
import './LibraryFilters.css'

export interface LibraryFiltersProps {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  readonly documents: ReadonlyMap<string, LibraryDocument>
  readonly collections: readonly Collection[]
  readonly onManage: () => void
}

const states: readonly { readonly value: StateFilter; readonly label: string }[] = [
  { value: 'all', label: 'All states' },
  { value: 'ready', label: 'Indexed' },
  { value: 'pending', label: 'In work' },
  { value: 'partly-read', label: 'Partly read' },
  { value: 'failed', label: 'Failed' },
]

/** Filters the table by name or text, collection and state. */
export function LibraryFilters(props: LibraryFiltersProps) {
  const { filter, onFilter, documents, collections, onManage } = props
  const stateChoices = useMemo(() => {
    const all = [...documents.values()]
    return states.map((state) => {
      const number = all.filter((document) => isInState(document, state.value)).length
      return { ...state, hint: plural(number, 'document') }
    })
  }, [documents])
  const collectionChoices = [
    { value: 'all', label: 'All collections' },
    ...collections.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'none', label: 'In no collection' },
  ]
  const collection =
    collectionChoices.find(({ value }) => value === filter.collection)?.label ?? 'All collections'
  const state = states.find(({ value }) => value === filter.state)?.label ?? ''
  return (
    <div className="library-filters" role="search" aria-label="Filter the documents">
      <SearchInput
        className="grow"
        label="Filter by name or text"
        value={filter.words}
        onChange={(words) => onFilter({ ...filter, words })}
      />
      <Menu
        align="end"
        trigger={
          <Chip className="library-chip" aria-label={`Collection: ${collection}`}>
            {collection} <ChevronDown aria-hidden />
          </Chip>
        }
      >
        <MenuChoices
          value={filter.collection}
          choices={collectionChoices}
          onChange={(value) => onFilter({ ...filter, collection: value })}
        />
        <MenuSeparator />
        <MenuItem onSelect={onManage}>Manage collections…</MenuItem>
      </Menu>
      <Menu
        align="end"
        trigger={
          <Chip className="library-chip" aria-label={`State: ${state}`}>
            {state} <ChevronDown aria-hidden />
          </Chip>
        }
      >
        <MenuChoices
          value={filter.state}
          choices={stateChoices}
          onChange={(value) => onFilter({ ...filter, state: value })}
        />
      </Menu>
    </div>
  )
}
