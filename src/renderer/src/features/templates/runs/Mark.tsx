import { Check, Minus, X } from 'lucide-react'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import './Mark.css'

/** One judgement of a row as a shape, with a word for screen readers; null: not judged. */
export function Mark({ yes, words }: { readonly yes: boolean | null; readonly words: string }) {
  const spoken = yes === null ? `${words}: nothing to judge` : `${words}: ${yes ? 'yes' : 'no'}`
  return (
    <span className={`run-mark ${yes === null ? '' : yes ? 'is-yes' : 'is-no'}`} title={spoken}>
      {yes === null ? <Minus aria-hidden /> : yes ? <Check aria-hidden /> : <X aria-hidden />}
      <VisuallyHidden>{spoken}</VisuallyHidden>
    </span>
  )
}
