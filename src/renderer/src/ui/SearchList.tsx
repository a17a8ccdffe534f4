import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './classNames.ts'
import './SearchList.css'

export interface SearchListItem {
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  readonly icon?: ReactNode
  /** Set in lists with a current choice. */
  readonly checked?: boolean | undefined
  readonly onSelect: () => void
}

export interface SearchListGroup {
  /** Empty for a group without a heading. */
  readonly title: string
  readonly items: readonly SearchListItem[]
}

export interface SearchListProps {
  /** Accessible name of the list. */
  readonly label: string
  readonly placeholder: string
  /** Shown if nothing matches. */
  readonly none: string
  readonly groups: readonly SearchListGroup[]
  /** With its own frame, for use in a dialog. */
  readonly framed?: boolean | undefined
}

/** A list to choose from with arrow keys, filtered by typing. */
export function SearchList(props: SearchListProps) {
  const { label, placeholder, none, groups, framed = false } = props

  return (
    <Command label={label} className={classNames('pk-search', framed && 'is-framed')} loop>
      <Command.Input className="pk-search-input" placeholder={placeholder} autoFocus />
      <Command.List className="pk-search-list" label={label}>
        <Command.Empty className="pk-search-none">{none}</Command.Empty>
        {groups
          .filter(({ items }) => items.length > 0)
          .map(({ title, items }, index) => (
            <Command.Group
              key={title === '' ? String(index) : title}
              className="pk-search-group"
              {...(title !== '' && { heading: title })}
            >
              {items.map((item) => (
                <Command.Item
                  key={item.id}
                  value={`${item.label} ${item.id}`}
                  className="pk-search-item"
                  aria-checked={item.checked}
                  onSelect={item.onSelect}
                >
                  <span className="pk-search-icon">
                    {item.checked === true ? <Check aria-hidden /> : item.icon}
                  </span>
                  <span className="grow">
                    <span className="pk-search-label">{item.label}</span>
                    {item.hint !== undefined && <span className="pk-search-hint">{item.hint}</span>}
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
      </Command.List>
    </Command>
  )
}
