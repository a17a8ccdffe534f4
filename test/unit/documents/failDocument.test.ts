import { expect, test } from 'vitest'
import { createFailDocument } from '../../../src/main/documents/importing/importSteps.ts'
import { AppError, fromWire } from '../../../src/shared/errors.ts'
import { libraryRow } from '../../helpers/libraryRow.ts'

/** The codes in the row of a document that failed with `error`, and the errors in the log. */
async function failedWith(error: unknown) {
  const logged: unknown[] = []
  const codes: unknown[] = []
  const fail = createFailDocument(
    {
      get: libraryRow,
      put: (rows) => Promise.resolve(void codes.push(...rows.map(({ reason }) => reason?.code))),
    },
    { error: (_, reason) => void logged.push(reason) },
  )
  await fail('a', error)
  return { codes, logged }
}

test('what refers to the log is in the log, also if it comes from a helper process', async () => {
  const fromHelper = fromWire({ code: 'internal', message: 'The log has details.' })
  expect(await failedWith(fromHelper)).toEqual({ codes: ['internal'], logged: [fromHelper] })
  const expected = new AppError('document-encrypted', 'This file is locked.')
  expect(await failedWith(expected)).toEqual({ codes: ['document-encrypted'], logged: [] })
})
