import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  nameAmong,
  namesToldApart,
  nameToldApart,
  readablePath,
} from '../../../src/shared/domain/fileNames.ts'

const file = (path: string | null, name = path?.split('/').at(-1) ?? 'x') => ({
  id: path ?? name,
  name,
  path,
})

describe('names of files', () => {
  it('are readable: letters composed, Latin-1 as what it is, no sign that commands', () => {
    expect(readablePath('Mu\u0308ller.txt')).toBe('M\u00FCller.txt')
    expect(readablePath('M\uDCFCller\uDC80.txt')).toBe('M\u00FCller\uFFFD.txt')
    expect(readablePath('a\u202Etxt.exe\nb')).toBe('a\uFFFDtxt.exe b')
    expect(readablePath('\u{1F600}.txt')).toBe('\u{1F600}.txt')
  })

  it('have as much of the folder as tells them apart', () => {
    const all = ['/a/2023/r.txt', '/a/2024/r.txt', '/b/2024/r.txt', '/b/s.txt'].map((one) =>
      file(one),
    )
    expect([...namesToldApart(all).values()]).toEqual([
      'r.txt (2023)',
      'r.txt (a/2024)',
      'r.txt (b/2024)',
      's.txt',
    ])
    const windows = [file('C:\\one\\r.txt', 'r.txt'), file('C:\\two\\r.txt', 'r.txt')]
    expect([...namesToldApart(windows).values()]).toEqual(['r.txt (one)', 'r.txt (two)'])
    const [first = file('')] = all
    expect(nameAmong(first, all)).toBe('r.txt (2023)')
  })

  it('have none if there is none, or if another one is above it', () => {
    const uploaded = { ...file(null, 'r.txt'), id: 'upload' }
    expect(nameToldApart(uploaded, [uploaded, file('/a/r.txt')])).toBe('r.txt')
    expect(nameToldApart(file('/a/r.txt'), [uploaded])).toBe('r.txt (a)')
    const inner = file('/x/a/r.txt')
    expect(nameToldApart(inner, [file('/a/r.txt'), inner])).toBe('r.txt (x/a)')
    expect(nameToldApart(file('/a/r.txt'), [file('/a/r.txt'), inner])).toBe('r.txt (a)')
  })

  it('differ for all files of different folders that none contains', () => {
    const folder = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.uniqueArray(folder, { selector: (one) => one.join('/') }), (folders) => {
        const files = folders.map((one) => file(`/${one.join('/')}/r.txt`))
        const names = [...namesToldApart(files).values()]
        expect(new Set(names).size).toBe(files.length)
      }),
    )
  })
})
