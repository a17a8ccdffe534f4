import { CircleAlert, X } from 'lucide-react'
import { useStore } from 'zustand'
import './Toasts.css'
import { Button } from './Button.tsx'
import { classNames } from './classNames.ts'
import { dismissToast, toastStore } from './toasts.ts'

/** Renders the toasts; use once per window. */
export function Toasts() {
  const toasts = useStore(toastStore, (state) => state.toasts)
  return (
    <div className="pk-toasts" role="status" aria-live="polite" aria-atomic="false">
      {toasts.map((toast) => (
        <div key={toast.id} className={classNames('pk-toast', toast.tone === 'bad' && 'is-bad')}>
          {toast.tone === 'bad' && <CircleAlert aria-hidden />}
          <span className="grow">{toast.text}</span>
          {toast.undo !== null && (
            <Button
              onClick={() => {
                toast.undo?.()
                dismissToast(toast.id)
              }}
            >
              Undo
            </Button>
          )}
          <button
            type="button"
            className="pk-toast-close"
            aria-label="Dismiss"
            onClick={() => dismissToast(toast.id)}
          >
            <X />
          </button>
        </div>
      ))}
    </div>
  )
}
