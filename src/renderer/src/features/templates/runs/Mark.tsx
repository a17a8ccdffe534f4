import { Check, Minus, X } from 'lucide-react'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import './Mark.css'

/** One verdict of a row as a shape, with its word for screen readers; null: nothing to judge. */
export function Mark({ yes, words }: { readonly yes: boolean | null; readonly words: string }) {
  const spoken = yes === null ? `${words}: nothing to judge` : `${words}: ${yes ? 'yes' : 'no'}`
  return (
    <span className={`run-mark ${yes === null ? '' : yes ? 'is-yes' : 'is-no'}`} title={spoken}>
      {yes === null ? <Minus aria-hidden /> : yes ? <Check aria-hidden /> : <X aria-hidden />}
      <VisuallyHidden>{spoken}</VisuallyHidden>
    </span>
  )
}
