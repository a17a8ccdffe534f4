import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import './Tooltip.css'
import { Kbd } from './Kbd.tsx'
import { useOverlayContainer } from './overlayContainer.ts'

/** Must enclose all tooltips. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Primitive.Provider>
  )
}

export interface TooltipProps {
  readonly text: ReactNode
  readonly shortcut?: string | undefined
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  /** One element that takes a ref and can be focused. */
  readonly children: ReactNode
}

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  const container = useOverlayContainer()
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content className="pk-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut !== undefined && <Kbd keys={shortcut} />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
