import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { AsideItem } from '../../../../shared/contract/data.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import type { SetAsideStore } from './setAsideStore.ts'
import { useFocusAfter } from './useFocusAfter.ts'
import { asideDetails, confirmWords, setAsideWords as words, totalWords } from './setAsideWords.ts'
import './DataCheckSection.css'
import './SettingsPlace.css'

export interface SetAsideSectionProps {
  readonly aside: SetAsideStore
  /** Whether a folder can be shown in the system's file manager. */
  readonly canShowFolder: boolean
  /** Changes when something may have been set aside. */
  readonly changes: unknown
}

/** What was set aside: a person restores it, or deletes it for good. */
export function SetAsideSection({ aside, canShowFolder, changes }: SetAsideSectionProps) {
  const { items, problem, working, deleting } = useStore(aside.store)
  useEffect(() => {
    void aside.load()
  }, [aside, changes])
  const heading = useRef<HTMLDivElement>(null)
  const count = items?.length ?? 0
  useFocusAfter(working !== null, heading)
  const wanted = (items ?? []).filter(({ id }) => deleting?.includes(id) === true)
  return (
    <>
      <div className="settings-line">
        <div>
          <div ref={heading} tabIndex={-1} className="settings-label">
            {words.title}
          </div>
          <div className="data-check-hint">{words.hint}</div>
        </div>
        {count > 1 && (
          <Button
            disabled={working !== null}
            onClick={() => aside.askToDelete((items ?? []).map(({ id }) => id))}
          >
            {words.deleteAll}
          </Button>
        )}
      </div>
      <div>
        <div role="status" className={problem === null ? 'dim' : 'data-check-failed'}>
          {problem ?? (items === null ? '…' : count === 0 ? words.empty : totalWords(items))}
        </div>
        <ul>
          {items?.map((item) => (
            <Item
              key={item.id}
              item={item}
              disabled={working !== null}
              aside={aside}
              canShowFolder={canShowFolder}
            />
          ))}
        </ul>
      </div>
      <ConfirmDialog
        open={wanted.length > 0}
        {...confirmWords(wanted)}
        confirmLabel={words.confirmLabel}
        onConfirm={() => void aside.remove()}
        onClose={() => aside.keep()}
      />
    </>
  )
}

function Item({
  item,
  disabled,
  aside,
  canShowFolder,
}: {
  readonly item: AsideItem
  readonly disabled: boolean
  readonly aside: SetAsideStore
  readonly canShowFolder: boolean
}) {
  const { id, name, folder, restorable } = item
  const named = (verb: string) => ({ 'aria-label': `${verb} ${name}`, size: 'small' as const })
  return (
    <li className="data-fault">
      <div className="data-fault-text">
        <div className="data-fault-name">{name}</div>
        <div className="dim">{asideDetails(item)}</div>
        {!canShowFolder && <div className="mono dim">{folder}</div>}
      </div>
      <div className="data-aside-actions">
        {restorable && (
          <Button
            {...named(words.restore)}
            disabled={disabled}
            onClick={() => void aside.restore(item)}
          >
            {words.restore}
          </Button>
        )}
        {canShowFolder && (
          <Button {...named(words.showFolder)} onClick={() => aside.showFolder(id)}>
            {words.showFolder}
          </Button>
        )}
        <Button
          {...named(words.delete)}
          disabled={disabled}
          onClick={() => aside.askToDelete([id])}
        >
          {words.delete}
        </Button>
      </div>
    </li>
  )
}
