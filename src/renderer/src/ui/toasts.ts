import { createStore } from 'zustand/vanilla'
import { undoMs } from '../../../shared/domain/undo.ts'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'bad'
  /** Undoes the action; offered for ten seconds. */
  readonly undo: (() => void) | null
}

interface Toasts {
  readonly toasts: readonly Toast[]
}

export interface ToastOptions {
  readonly tone?: 'plain' | 'bad' | undefined
  readonly undo?: (() => void) | undefined
}

const readMs = 5_000
const atMost = 3

/** One store per window: a toast stays when its place closes. */
export const toastStore = createStore<Toasts>(() => ({ toasts: [] }))
const timers = new Map<number, ReturnType<typeof setTimeout>>()
let lastId = 0

/**
 * Shows a message at the bottom of the window, for ten seconds if it can be undone, else for five.
 */
export function showToast(text: string, { tone = 'plain', undo }: ToastOptions = {}): void {
  lastId += 1
  const toast: Toast = { id: lastId, text, tone, undo: undo ?? null }
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-atMost) }))
  startTimer(toast)
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}

/** Shows the error's message if it is written for users, else `fallback`. */
export function showError(error: unknown, fallback: string): void {
  const known = error instanceof Error && error.name === 'AppError'
  showToast(known ? error.message : fallback, { tone: 'bad' })
}

function startTimer(toast: Toast): void {
  const ms = toast.undo === null ? readMs : undoMs
  timers.set(
    toast.id,
    setTimeout(() => dismissToast(toast.id), ms),
  )
}
