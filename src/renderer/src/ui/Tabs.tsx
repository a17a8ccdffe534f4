import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
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
  /** Buttons at the end of the row of tabs. */
  readonly actions?: ReactNode
}

/** Tabs that fill their place: a row of names, and under it the chosen one's content. */
export function Tabs<Value extends string>({
  label,
  value,
  items,
  onChange,
  actions,
}: TabsProps<Value>) {
  return (
    <Primitive.Root
      className="pk-tabs"
      value={value}
      onValueChange={(next) => {
        const chosen = items.find((item) => item.value === next)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    >
      <div className="pk-tabs-row">
        <Primitive.List className="pk-tabs-list" aria-label={label}>
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
