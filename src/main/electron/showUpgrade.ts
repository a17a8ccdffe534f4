import { dialog } from 'electron'
import { upgradeWords } from '../indexing/tellUpgrade.ts'

/** A message for the time in which an index is copied, when there is no window yet. */
export function showUpgrade(): { readonly show: () => void; readonly close: () => void } {
  const done = new AbortController()
  let isShown = false
  return {
    show() {
      if (isShown) return
      isShown = true
      const { title, once } = upgradeWords
      void dialog.showMessageBox({
        type: 'info',
        message: `${title}.`,
        detail: once,
        buttons: ['OK'],
        signal: done.signal,
      })
    },
    close: () => done.abort(),
  }
}
