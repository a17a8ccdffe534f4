import { useStore } from 'zustand'
import type { Slice } from './mirrored.ts'

/** The current value of a slice; renders again when it changes. */
export function useMirrored<T>(slice: Slice<T>): T {
  return useStore(slice, (state) => state.value)
}
