import { createStore } from 'zustand/vanilla'
import { undoMs } from '../../../shared/domain/undo.ts'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'bad'
  /** Takes back what was done; offered for ten seconds. */
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

/** One per window: a toast belongs to the window and not to the place that made it. */
export const toastStore = createStore<Toasts>(() => ({ toasts: [] }))
const timers = new Map<number, ReturnType<typeof setTimeout>>()
let lastId = 0

/** Says something at the foot of the window, for ten seconds if it can be undone, else for five. */
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

/** The error's own sentence if it has one that is meant for people. */
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
