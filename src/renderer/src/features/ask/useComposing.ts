import { useCallback, useState } from 'react'

/** The draft and the turn that it edits. Reset for another conversation. */
export function useComposing(session: number) {
  const [state, setState] = useState({ session, draft: '', editing: null as string | null })
  const current = state.session === session ? state : { session, draft: '', editing: null }
  const setDraft = useCallback(
    (draft: string) =>
      setState((before) => ({
        session,
        draft,
        editing: before.session === session ? before.editing : null,
      })),
    [session],
  )
  const setEditing = useCallback(
    (editing: string | null) =>
      setState((before) => ({
        session,
        draft: before.session === session ? before.draft : '',
        editing,
      })),
    [session],
  )
  return { draft: current.draft, editing: current.editing, setDraft, setEditing }
}
