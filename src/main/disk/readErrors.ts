import type { ErrorCode } from '../../shared/errors.ts'
import { isForbidden, systemErrorCode } from './systemError.ts'

/** What a failed read of a file or folder means for a person. */
export interface ReadProblem {
  readonly code: ErrorCode
  readonly message: string
}

/** What the file system can refuse, in sentences that fit a file and a folder. */
export const readProblems = {
  missing: {
    code: 'not-found',
    message: 'There is no such file. It may have been moved, renamed or deleted.',
  },
  forbidden: {
    code: 'permission-denied',
    message: 'Penknife isn’t allowed to open this. Change its permissions, then try again.',
  },
  loop: {
    code: 'invalid-input',
    message: 'This link leads back to itself, so it was not followed.',
  },
  other: {
    code: 'document-unreadable',
    message: 'The system couldn’t open this. Check that its disk is connected, then try again.',
  },
} as const satisfies Record<string, ReadProblem>

/** Why the file system refused. */
export function explainRead(error: unknown): ReadProblem {
  const code = systemErrorCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return readProblems.missing
  if (isForbidden(error)) return readProblems.forbidden
  return code === 'ELOOP' ? readProblems.loop : readProblems.other
}
