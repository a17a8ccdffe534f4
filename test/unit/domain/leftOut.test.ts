import { describe, expect, it } from 'vitest'
import { countLeftOut, leavesOutText, leftOutWords } from '../../../src/shared/domain/leftOut.ts'
import {
  isPartlyRead,
  libraryDocument,
  readingNote,
} from '../../../src/shared/domain/libraryDocument.ts'
import { libraryRow } from '../../helpers/libraryRow.ts'

describe('what was left out of a document', () => {
  it('is counted, and told in the order in which it was met', () => {
    const met = countLeftOut(['attachment', 'picture', 'attachment'])
    expect(leftOutWords(met)).toBe('2 attachments and 1 picture were not read.')
    expect(leftOutWords(countLeftOut(['picture']))).toBe('1 picture was not read.')
    expect(leftOutWords(countLeftOut(['picture', 'outlook-message']))).toMatch(
      /^1 picture was not read\. Text or attachments in winmail\.dat /,
    )
    expect(leftOutWords()).toBe('')
  })

  it('makes it partly read only where text is missing', () => {
    expect(leavesOutText(countLeftOut(['picture', 'attachment']))).toBe(false)
    expect(leavesOutText(countLeftOut(['picture', 'message-part']))).toBe(true)
  })

  it('is told in its row, after the reason', () => {
    const row = libraryRow('a', { leftOut: countLeftOut(['picture']) })
    expect(readingNote(row)).toBe('1 picture was not read.')
    expect(isPartlyRead(row)).toBe(false)
    const reason = { code: 'document-empty', message: 'Page 2 holds a picture.' } as const
    expect(readingNote({ ...row, reason })).toBe('Page 2 holds a picture. 1 picture was not read.')
    expect(isPartlyRead({ ...row, reason })).toBe(true)
    expect(readingNote(libraryRow('a'))).toBeNull()
  })

  it('of a kind that a later version knows costs the note, never the row', () => {
    const row = { ...libraryRow('a'), leftOut: [{ what: 'hologram', count: 2 }] }
    expect(libraryDocument.parse(row).leftOut).toBeUndefined()
  })
})
