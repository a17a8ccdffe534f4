import { Ellipsis, Pencil, Plus, Search, Trash2, X } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { ConversationSummary } from '../../../../shared/domain/conversation.ts'
import { longest } from '../../../../shared/domain/limits.ts'
import { useMirrored } from '../../mirror/useMirrored.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { showToast } from '../../ui/toasts.ts'
import { VirtualList } from '../../ui/VirtualList.tsx'
import type { ConversationList } from './conversationList.ts'
import './RecentConversations.css'

export interface RecentConversationsProps {
  readonly list: ConversationList
  /** Id of the open conversation; null for a new one. */
  readonly current: string | null
  readonly newShortcut: string
  readonly onOpen: (id: string) => void
  readonly onNew: () => void
  /** Called when the open conversation was deleted. */
  readonly onRemovedCurrent: () => void
}

/** The list of conversations, newest first, to open, search, rename and delete. */
export function RecentConversations(props: RecentConversationsProps) {
  const { list, current, newShortcut, onOpen, onNew } = props
  const conversations = useMirrored(list.mirror)
  const { found, search } = useStore(list.store)
  const [searching, setSearching] = useState(false)
  const [renaming, setRenaming] = useState<string | null>(null)
  /** Id of the conversation whose title was edited by keyboard, to focus it afterwards. */
  const [renamed, setRenamed] = useState<string | null>(null)
  const searchButton = useRef<HTMLButtonElement | null>(null)
  const section = useRef<HTMLElement | null>(null)
  const shown = useMemo(() => chosen(conversations, found), [conversations, found])

  function remove(one: ConversationSummary): void {
    list.remove(one.id)
    // The focused element is removed with its row.
    section.current?.focus()
    if (one.id === current) props.onRemovedCurrent()
    showToast(`“${one.title}” deleted.`, {
      undo: () => {
        list.restore(one.id)
        section.current?.focus()
        if (one.id === current) onOpen(one.id)
      },
    })
  }

  function endSearch(): void {
    setSearching(false)
    list.setSearch('')
  }

  return (
    <section ref={section} tabIndex={-1} className="pk-recent" aria-label="Conversations">
      <div className="pk-recent-head">
        <h2 className="grow">Recent</h2>
        {conversations.length > 0 && (
          <IconButton
            ref={searchButton}
            label={searching ? 'End the search' : 'Search conversations'}
            icon={searching ? <X /> : <Search />}
            onClick={() => {
              if (searching) endSearch()
              else setSearching(true)
            }}
          />
        )}
        <IconButton
          label="New conversation"
          shortcut={newShortcut}
          icon={<Plus />}
          onClick={onNew}
        />
      </div>
      {searching && (
        <input
          className="pk-input pk-recent-search"
          autoFocus
          aria-label="Search conversations"
          placeholder="Search conversations"
          value={search}
          onChange={(event) => list.setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            endSearch()
            searchButton.current?.focus()
          }}
        />
      )}
      {shown.length === 0 && (
        <p className="pk-recent-none">
          {found === null ? 'What you ask is kept here.' : 'No conversation holds these words.'}
        </p>
      )}
      <VirtualList
        label="Recent conversations"
        items={shown}
        estimate={31}
        getKey={(one) => one.id}
        renderItem={(one) =>
          one.id === renaming ? (
            <RenameField
              title={one.title}
              onDone={(title, byKey) => {
                setRenaming(null)
                setRenamed(byKey ? one.id : null)
                if (title === null) return
                list.rename(one.id, title)
              }}
            />
          ) : (
            <div className="pk-recent-row">
              <button
                type="button"
                className="pk-recent-open cut"
                autoFocus={one.id === renamed}
                onFocus={() => setRenamed(null)}
                aria-current={one.id === current ? 'true' : undefined}
                title={one.title}
                onClick={() => onOpen(one.id)}
              >
                {one.title}
              </button>
              <Menu
                align="end"
                trigger={
                  <button
                    type="button"
                    className="pk-recent-more"
                    aria-label={`More about ${one.title}`}
                  >
                    <Ellipsis aria-hidden />
                  </button>
                }
              >
                <MenuItem icon={<Pencil />} onSelect={() => setRenaming(one.id)}>
                  Rename
                </MenuItem>
                <MenuItem icon={<Trash2 />} danger onSelect={() => remove(one)}>
                  Delete
                </MenuItem>
              </Menu>
            </div>
          )
        }
      />
    </section>
  )
}

function RenameField({
  title,
  onDone,
}: {
  readonly title: string
  /** A null title changes nothing. `byKey`: by Enter or Escape, not by leaving the field. */
  readonly onDone: (title: string | null, byKey: boolean) => void
}) {
  const [draft, setDraft] = useState(title)
  const finish = (byKey: boolean): void => onDone(draft.trim() === '' ? null : draft.trim(), byKey)
  return (
    <input
      className="pk-input pk-recent-rename"
      autoFocus
      aria-label="Title of the conversation"
      maxLength={longest.name}
      value={draft}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        // Otherwise the key would also activate the title, which is focused by then.
        event.preventDefault()
        if (event.key === 'Enter') finish(true)
        else onDone(null, true)
      }}
    />
  )
}

/** The conversations of these ids, in their order; null: all. */
function chosen(
  conversations: readonly ConversationSummary[],
  ids: readonly string[] | null,
): readonly ConversationSummary[] {
  if (ids === null) return conversations
  const byId = new Map(conversations.map((one) => [one.id, one]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
