import { VisuallyHidden as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

/** Text for screen readers only. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <Primitive.Root>{children}</Primitive.Root>
}
