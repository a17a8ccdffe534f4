import { useMemo } from 'react'
import type { Turn } from '../../../../shared/domain/conversation.ts'
import { turnsBefore, type AskState } from './askState.ts'

/** Placeholder for the id of a turn that the core hasn't saved yet. */
export const newTurnKey = 'new'

/** The turns of the open conversation, including the one being answered. */
export function useShownTurns({ open, running }: AskState): readonly Turn[] {
  const request = running?.conversation === open.id ? running.request : null
  const begun = running?.conversation === open.id ? running.turn : null
  return useMemo(() => {
    if (request === null) return open.turns
    const asked: Turn = begun ?? {
      id: newTurnKey,
      question: request.question,
      completedQuery: request.query,
      askedAt: '',
      answer: null,
    }
    return [...turnsBefore(open, request).filter((turn) => turn.id !== asked.id), asked]
  }, [open, request, begun])
}
