import { Tabs as Primitive } from 'radix-ui'
import { useEffect, useRef, type ReactNode } from 'react'
import './Tabs.css'

export interface TabItem<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly count?: number | undefined
  readonly content: ReactNode
}

export interface TabsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly items: readonly TabItem<Value>[]
  readonly onChange: (value: Value) => void
  /** Buttons at the end of the tab bar. */
  readonly actions?: ReactNode
  /**
   * Whether the selected tab takes the focus if the focused element is gone, such as the button
   * that opened it.
   */
  readonly takesLostFocus?: boolean
}

/** A tab bar, and below it the content of the selected tab. */
export function Tabs<Value extends string>({
  label,
  value,
  items,
  onChange,
  actions,
  takesLostFocus = false,
}: TabsProps<Value>) {
  const row = useRef<HTMLDivElement | null>(null)
  // A tab is selected when the focus moves to it from another tab, but not when the focus returns
  // to it, for instance from a dialog, which may have selected another tab.
  const entering = useRef(false)
  useEffect(() => {
    if (!takesLostFocus || document.activeElement !== document.body) return
    row.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()
  }, [takesLostFocus])
  return (
    <Primitive.Root
      className="pk-tabs"
      value={value}
      onValueChange={(next) => {
        const chosen = items.find((item) => item.value === next)
        if (chosen !== undefined && !entering.current) onChange(chosen.value)
      }}
    >
      <div className="pk-tabs-row" ref={row}>
        <Primitive.List
          className="pk-tabs-list"
          aria-label={label}
          onFocusCapture={(event) => {
            entering.current = !event.currentTarget.contains(event.relatedTarget)
          }}
          onFocus={() => {
            entering.current = false
          }}
        >
          {items.map((item) => (
            <Primitive.Trigger key={item.value} className="pk-tab" value={item.value}>
              {item.label}
              {item.count !== undefined && <span className="faint num">{item.count}</span>}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        {actions}
      </div>
      {items.map((item) => (
        <Primitive.Content key={item.value} className="pk-tab-content" value={item.value}>
          {item.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}
