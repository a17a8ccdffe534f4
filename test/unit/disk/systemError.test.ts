import { expect, it } from 'vitest'
import { diskFull } from '../../../src/main/disk/diskFull.ts'
import { codeInMessage, isRefusal, systemErrorCode } from '../../../src/main/disk/systemError.ts'
import { explainWrite } from '../../../src/main/disk/writeErrors.ts'

const native = (message: string): Error =>
  Object.assign(new Error(message), { code: 'GenericFailure' })

const forPeople = (code: number): string =>
  `lance error: LanceError(IO): Generic LocalFileSystem error: Unable to open file /x/a.lance: It says so (os error ${code}), library/core/src/result.rs:1896:29`
const forDevelopers = (code: number): string =>
  `Invalid input: IO { source: Io { path: Some("/x"), err: Os { code: ${code}, kind: PermissionDenied, message: "Permission denied" } } }`

it.each([
  [13, 'EACCES'],
  [5, 'EIO'],
  [28, 'ENOSPC'],
  [24, 'EMFILE'],
  [30, 'EROFS'],
])('reads the error %i of the system in what a native library says', (code, name) => {
  expect(codeInMessage(forPeople(code), 'linux')).toBe(name)
  expect(codeInMessage(forDevelopers(code), 'linux')).toBe(name)
})

it.each([
  [5, 'EACCES'],
  [32, 'EBUSY'],
  [112, 'ENOSPC'],
  [1117, 'EIO'],
])('reads the error %i of Windows', (code, name) => {
  expect(codeInMessage(forPeople(code), 'win32')).toBe(name)
})

it('reads none where the library says nothing of the system', () => {
  expect(codeInMessage('LanceError(IO): page 13 is too short: 5 bytes', 'linux')).toBeUndefined()
  expect(systemErrorCode(new Error('a text about (os error 13)'))).toBeUndefined()
})

it.runIf(process.platform !== 'win32')('explains such an error as any other of the disk', () => {
  expect(explainWrite(native(forPeople(28)))).toMatchObject({
    code: 'disk-full',
    message: diskFull(null).message,
  })
  expect(explainWrite(native(forPeople(13)))).toMatchObject({ code: 'permission-denied' })
  expect(isRefusal(native(forPeople(24)))).toBe(true)
  expect(isRefusal(native(forPeople(21)))).toBe(false)
  expect(isRefusal(native('LanceError(IO): the file is damaged'))).toBe(false)
})
