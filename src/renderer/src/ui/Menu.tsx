import { Check } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import './Menu.css'
import { classNames } from './classNames.ts'
import { Kbd } from './Kbd.tsx'
import { useOverlayContainer } from './overlayContainer.ts'

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode
  readonly align?: 'start' | 'end' | undefined
  readonly side?: 'top' | 'bottom' | undefined
  readonly children: ReactNode
}

export function Menu({ trigger, align = 'start', side = 'bottom', children }: MenuProps) {
  const container = useOverlayContainer()
  // An item may open a dialog or edit in place: the closing menu must not take the focus back.
  const content = useRef<HTMLDivElement | null>(null)
  return (
    // Not modal: the modal variant adds a style element that the CSP forbids.
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content
          ref={content}
          className="pk-menu"
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            const active = document.activeElement
            const inside = active !== null && content.current?.contains(active) === true
            if (active !== null && active !== document.body && !inside) event.preventDefault()
          }}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export interface MenuItemProps {
  readonly onSelect: () => void
  readonly icon?: ReactNode
  readonly shortcut?: string | undefined
  readonly danger?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly children: ReactNode
}

export function MenuItem({
  onSelect,
  icon,
  shortcut,
  danger = false,
  disabled = false,
  children,
}: MenuItemProps) {
  return (
    <Primitive.Item
      className={classNames('pk-menu-item', danger && 'is-danger')}
      disabled={disabled}
      onSelect={onSelect}
    >
      {icon}
      <span className="grow cut">{children}</span>
      {shortcut !== undefined && <Kbd keys={shortcut} />}
    </Primitive.Item>
  )
}

/** An item that is on or off; the menu stays open. */
export function MenuCheckItem({
  checked,
  onChange,
  children,
}: {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ReactNode
}) {
  return (
    <Primitive.CheckboxItem
      className="pk-menu-item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => {
        event.preventDefault()
      }}
    >
      <span className="pk-menu-check">{checked && <Check />}</span>
      <span className="grow cut">{children}</span>
    </Primitive.CheckboxItem>
  )
}

export interface MenuChoice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly hint?: string | undefined
}

/** One of several. */
export function MenuChoices<Value extends string>({
  value,
  choices,
  onChange,
}: {
  readonly value: Value | null
  readonly choices: readonly MenuChoice<Value>[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <Primitive.RadioGroup value={value ?? ''}>
      {choices.map((choice) => (
        <Primitive.RadioItem
          key={choice.value}
          className="pk-menu-item"
          value={choice.value}
          onSelect={() => onChange(choice.value)}
        >
          <span className="pk-menu-check">{choice.value === value && <Check />}</span>
          <span className="grow">
            <span className="pk-menu-label">{choice.label}</span>
            {choice.hint !== undefined && <span className="pk-menu-hint">{choice.hint}</span>}
          </span>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  )
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Primitive.Label className="pk-menu-heading">{children}</Primitive.Label>
}

export function MenuSeparator() {
  return <Primitive.Separator className="pk-menu-separator" />
}
