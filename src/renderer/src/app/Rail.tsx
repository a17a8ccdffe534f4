import {
  Cpu,
  LayoutTemplate,
  Library,
  MessageSquareText,
  PanelLeftClose,
  PanelLeftOpen,
  Search,
  Settings2,
  SquarePen,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '../ui/classNames.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { places, type PlaceName } from './navigation.ts'
import { placeKey } from './shortcuts.ts'
import './Rail.css'

export const placeNames: Readonly<Record<PlaceName, string>> = {
  ask: 'Ask',
  library: 'Library',
  templates: 'Templates',
  models: 'Models',
  settings: 'Settings',
}

export const placeIcons: Readonly<Record<PlaceName, ReactNode>> = {
  ask: <MessageSquareText aria-hidden />,
  library: <Library aria-hidden />,
  templates: <LayoutTemplate aria-hidden />,
  models: <Cpu aria-hidden />,
  settings: <Settings2 aria-hidden />,
}

export interface RailProps {
  readonly place: PlaceName
  readonly collapsed: boolean
  readonly inBrowser: boolean
  readonly onPlace: (place: PlaceName) => void
  readonly onToggle: () => void
  readonly onNewConversation: () => void
  readonly onPalette: () => void
  /** Recent conversations; hidden while the rail is collapsed. */
  readonly conversations: ReactNode
  /** Background work, at the bottom. */
  readonly job: ReactNode
}

export function Rail(props: RailProps) {
  const { place, collapsed, inBrowser, onPlace } = props
  const key = placeKey(inBrowser)
  return (
    <aside aria-label="Rail" className={classNames('pk-rail', collapsed && 'is-collapsed')}>
      <div className="pk-rail-brand">
        <i aria-hidden className="pk-rail-mark" />
        <span className="grow">Penknife</span>
        {!collapsed && (
          <IconButton
            label="Find anything"
            shortcut="Mod+K"
            icon={<Search />}
            onClick={props.onPalette}
          />
        )}
        <IconButton
          label={collapsed ? 'Widen the rail' : 'Narrow the rail'}
          shortcut="Mod+B"
          icon={collapsed ? <PanelLeftOpen /> : <PanelLeftClose />}
          onClick={props.onToggle}
        />
      </div>
      <nav aria-label="Places">
        <ul className="pk-rail-places">
          {places.map((name, index) => (
            <li key={name}>
              <PlaceButton
                name={name}
                current={name === place}
                collapsed={collapsed}
                keys={`${key}+${String(index + 1)}`}
                onClick={() => onPlace(name)}
              />
            </li>
          ))}
        </ul>
      </nav>
      {collapsed ? (
        <div className="pk-rail-new">
          <IconButton
            label="New conversation"
            shortcut={`${key}+N`}
            icon={<SquarePen />}
            onClick={props.onNewConversation}
          />
        </div>
      ) : (
        props.conversations
      )}
      <div className="pk-rail-foot">{props.job}</div>
    </aside>
  )
}

function PlaceButton({
  name,
  current,
  collapsed,
  keys,
  onClick,
}: {
  readonly name: PlaceName
  readonly current: boolean
  readonly collapsed: boolean
  readonly keys: string
  readonly onClick: () => void
}) {
  const button = (
    <button
      type="button"
      className="pk-rail-place"
      aria-current={current ? 'page' : undefined}
      aria-label={collapsed ? placeNames[name] : undefined}
      onClick={onClick}
    >
      {placeIcons[name]}
      {!collapsed && (
        <>
          <span className="grow">{placeNames[name]}</span>
          <span aria-hidden>
            <Kbd keys={keys} />
          </span>
        </>
      )}
    </button>
  )
  return collapsed ? (
    <Tooltip text={placeNames[name]} shortcut={keys} side="right">
      {button}
    </Tooltip>
  ) : (
    button
  )
}
