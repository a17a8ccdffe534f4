import { expect, test, vi } from 'vitest'
import { tellUpgrade } from '../../../src/main/indexing/tellUpgrade.ts'
import { showUpgrade } from '../../../src/main/electron/showUpgrade.ts'

const showMessageBox = vi.hoisted(() =>
  vi.fn((_options: { signal: AbortSignal }) => Promise.resolve()),
)
vi.mock('electron', () => ({ dialog: { showMessageBox } }))

test('the copy of an index is shown once, until it is done', () => {
  const upgrade = showUpgrade()
  upgrade.show()
  upgrade.show()
  expect(showMessageBox).toHaveBeenCalledTimes(1)
  const [options] = showMessageBox.mock.calls[0] ?? []
  expect(options?.signal.aborted).toBe(false)
  upgrade.close()
  expect(options?.signal.aborted).toBe(true)
})

test('on a terminal there is a line at every tenth', () => {
  const lines: string[] = []
  const tell = tellUpgrade((line) => lines.push(line.replace(/.*: /u, '')))
  for (let share = 0; share <= 1; share += 0.04) tell(share)
  tell(1)
  expect(lines.slice(0, 3)).toEqual(['0 %', '10 %', '20 %'])
  expect(lines.at(-1)).toBe('100 %')
  expect(lines).toHaveLength(11)
})
