import { Check, LoaderCircle, Minus, X } from 'lucide-react'
import type { ModelState } from '../../../../shared/contract/models.ts'
import { Tag } from '../../ui/Chip.tsx'

/** How the model is, in a word and a shape. */
export function ModelStatusTag({ model }: { readonly model: ModelState }) {
  switch (model.status) {
    case 'none':
      return <Tag icon={<Minus aria-hidden />}>Not in use</Tag>
    case 'idle':
      return <Tag icon={<Minus aria-hidden />}>Unloaded</Tag>
    case 'loading':
      return (
        <Tag tone="info" icon={<LoaderCircle aria-hidden />}>
          Loading
        </Tag>
      )
    case 'measuring':
      return (
        <Tag tone="info" icon={<LoaderCircle aria-hidden />}>
          Measuring its speed
        </Tag>
      )
    case 'ready':
      return (
        <Tag tone="good" icon={<Check aria-hidden />}>
          Ready
        </Tag>
      )
    case 'failed':
      return (
        <Tag tone="bad" icon={<X aria-hidden />}>
          Could not be loaded
        </Tag>
      )
  }
}
