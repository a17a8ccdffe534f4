import {
  ArrowDown,
  ArrowUp,
  CircleAlert,
  Copy,
  CornerDownRight,
  Ellipsis,
  Trash2,
  TriangleAlert,
} from 'lucide-react'
import { memo, useEffect, useMemo, useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { OutputFormat } from '../../../../../shared/domain/template/outputFormat.ts'
import type { Example } from '../../../../../shared/domain/template/template.ts'
import { classNames } from '../../../ui/classNames.ts'
import { formatCount } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../../ui/Menu.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { ExampleFields } from './ExampleFields.tsx'
import { isHighlighted, highlightsFromFields, partKey, type HighlightStore } from './highlight.ts'
import { moveKeys } from './Sortable.tsx'
import type { FoundProblem } from './useProblems.ts'
import './ExampleCard.css'

export interface ExampleCardActions {
  readonly edit: (id: string | null) => void
  readonly change: (id: string, change: Partial<Omit<Example, 'id'>>, about: string) => void
  readonly duplicate: (id: string) => void
  readonly remove: (id: string) => void
  readonly move: (id: string, by: -1 | 1) => void
}

export interface ExampleCardProps {
  readonly example: Example
  /** Its position, from 1. */
  readonly number: number
  readonly last: boolean
  /** Its input on one line. */
  readonly line: string
  readonly variables: readonly string[]
  readonly format: OutputFormat
  readonly editing: boolean
  readonly tokens: number | null
  readonly problems: readonly FoundProblem[]
  readonly highlight: HighlightStore
  readonly handle: ReactNode
  readonly actions: ExampleCardActions
}

/**
 * An example. Closed it shows input and answer on one line each; open it can be edited in place.
 */
export const ExampleCard = memo(function ExampleCard(props: ExampleCardProps) {
  const { example, number, line, editing, problems, highlight, handle, actions } = props
  const { id, enabled, output } = example
  const key = partKey('example', id)
  const lit = useStore(highlight, (state) => isHighlighted(state.lit, key))
  const lights = useMemo(() => highlightsFromFields(highlight, key), [highlight, key])
  const opener = useRef<HTMLButtonElement | null>(null)
  useFocusBack(opener, editing)
  return (
    <div
      className={classNames(
        'tpl-example',
        !enabled && 'is-off',
        lit && 'is-lit',
        editing && 'is-editing',
      )}
      role="group"
      aria-label={`Example ${String(number)}`}
      {...lights}
      onKeyDown={moveKeys((by) => actions.move(id, by))}
    >
      <div className="tpl-example-head">
        {handle}
        <button
          ref={opener}
          type="button"
          className="tpl-example-open"
          aria-expanded={editing}
          aria-label={`Example ${String(number)}: ${line === '' ? 'empty' : line}`}
          onClick={() => actions.edit(editing ? null : id)}
        >
          {editing ? (
            <span className="tpl-example-number">Example {number}</span>
          ) : (
            <span className={classNames('cut', line === '' && 'faint')}>
              {line === '' ? 'No input yet' : line}
            </span>
          )}
        </button>
        <ProblemMark problems={problems} />
        <TokenCost tokens={props.tokens} enabled={enabled} />
        <Switch
          aria-label={`Example ${String(number)} is on`}
          checked={enabled}
          onChange={(next) => actions.change(id, { enabled: next }, 'enabled')}
        />
        <CardMenu {...props} />
      </div>
      {editing ? (
        <ExampleFields
          example={example}
          variables={props.variables}
          format={props.format}
          problems={problems}
          onChange={(change, about) => actions.change(id, change, about)}
          onDone={() => actions.edit(null)}
        />
      ) : (
        <div className="tpl-example-output" onClick={() => actions.edit(id)}>
          <CornerDownRight aria-hidden />
          <span className={classNames('cut', 'mono', output === '' && 'faint')}>
            {output === '' ? 'No answer yet' : output}
          </span>
        </div>
      )}
    </div>
  )
})

function CardMenu({ example, number, last, actions }: ExampleCardProps) {
  const { id } = example
  return (
    <Menu
      align="end"
      trigger={<IconButton label={`More about example ${String(number)}`} icon={<Ellipsis />} />}
    >
      <MenuItem icon={<Copy />} onSelect={() => actions.duplicate(id)}>
        Duplicate
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<ArrowUp />}
        shortcut="Alt+Up"
        disabled={number === 1}
        onSelect={() => actions.move(id, -1)}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown />}
        shortcut="Alt+Down"
        disabled={last}
        onSelect={() => actions.move(id, 1)}
      >
        Move down
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger icon={<Trash2 />} onSelect={() => actions.remove(id)}>
        Remove
      </MenuItem>
    </Menu>
  )
}

/** Its tokens, or those that it would take if enabled. */
function TokenCost({
  tokens,
  enabled,
}: {
  readonly tokens: number | null
  readonly enabled: boolean
}) {
  if (tokens === null) return <span className="tpl-example-cost">{enabled ? '' : 'off'}</span>
  return (
    <span
      className="tpl-example-cost num"
      title={enabled ? 'Switched off, it would save this' : 'Switched on, it would cost this'}
    >
      {enabled ? `${formatCount(tokens)} tokens` : `off, ${formatCount(tokens)} if on`}
    </span>
  )
}

function ProblemMark({ problems }: { readonly problems: readonly FoundProblem[] }) {
  const [first] = problems
  if (first === undefined) return null
  const error = problems.some(({ severity }) => severity === 'error')
  return (
    <span
      className={classNames('tpl-example-mark', error ? 'is-error' : 'is-warning')}
      title={problems.map(({ message }) => message).join('\n')}
    >
      {error ? <CircleAlert aria-label="Error" /> : <TriangleAlert aria-label="Warning" />}
    </span>
  )
}

/** After closing, returns the focus to the opener unless it has moved elsewhere. */
function useFocusBack(opener: { readonly current: HTMLElement | null }, editing: boolean): void {
  const was = useRef(editing)
  useEffect(() => {
    if (was.current && !editing && document.activeElement === document.body) {
      opener.current?.focus()
    }
    was.current = editing
  }, [opener, editing])
}
