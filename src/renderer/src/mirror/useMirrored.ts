import { useStore } from 'zustand'
import type { Slice } from './mirrored.ts'

/** What a slice holds now; draws again when that changes. */
export function useMirrored<T>(slice: Slice<T>): T {
  return useStore(slice, (state) => state.value)
}
