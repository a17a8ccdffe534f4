import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { walkFiles, type WalkedFile } from '../../../../src/main/documents/store/walkFiles.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'

async function walk(start: string): Promise<WalkedFile[]> {
  const found: WalkedFile[] = []
  for await (const file of walkFiles(start, new Set(['txt', 'pdf']))) found.push(file)
  return found
}

/** `kind name` of each, relative to the folder. */
function summary(root: string, found: readonly WalkedFile[]): string[] {
  return found.map((file) => {
    const why = file.kind === 'failed' ? ` ${file.reason.code}` : ''
    return `${file.kind} ${path.relative(root, file.path)}${why}`
  })
}

async function createFolder(files: readonly string[]): Promise<string> {
  const root = await createTempDir()
  for (const name of files) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true })
    await writeFile(path.join(root, name), name)
  }
  return root
}

test('finds files of known kinds, in the order of their names', async () => {
  const root = await createFolder([
    'b.TXT',
    'a/z.txt',
    'a/y.pdf',
    'c.png',
    '.hidden.txt',
    '.git/x.txt',
    'node_modules/m.txt',
    '~$b.txt',
    'Thumbs.db',
  ])
  expect(summary(root, await walk(root))).toEqual([
    'file a/y.pdf',
    'file a/z.txt',
    'file b.TXT',
    'skipped c.png',
  ])
})

test('reports size and time', async () => {
  const root = await createFolder(['a.txt'])
  expect(await walk(path.join(root, 'a.txt'))).toMatchObject([{ kind: 'file', bytes: 5 }])
})

test.skipIf(process.platform === 'win32')('follows links, but never in circles', async () => {
  const root = await createFolder(['a/one.txt', 'b/two.txt'])
  await symlink(root, path.join(root, 'a', 'up'))
  await symlink(path.join(root, 'b'), path.join(root, 'c'))
  await symlink(path.join(root, 'b', 'two.txt'), path.join(root, 'd.txt'))
  await symlink('ring-b', path.join(root, 'ring-a'))
  await symlink('ring-a', path.join(root, 'ring-b'))
  await symlink('nowhere.txt', path.join(root, 'dead.txt'))
  expect(summary(root, await walk(root))).toEqual([
    'file a/one.txt',
    'failed a/up invalid-input',
    'file b/two.txt',
    'file d.txt',
    'failed dead.txt not-found',
    'failed ring-a invalid-input',
    'failed ring-b invalid-input',
  ])
})

test.skipIf(process.platform === 'win32')('a folder that may not be opened says so', async () => {
  const root = await createFolder(['a.txt', 'locked/b.txt', 'z.txt'])
  const locked = path.join(root, 'locked')
  await chmod(root, 0o755)
  await chmod(locked, 0o000)
  onTestFinished(() => chmod(locked, 0o755))
  // The superuser may open anything.
  if (process.geteuid?.() === 0) {
    process.seteuid?.(65_534)
    onTestFinished(() => process.seteuid?.(0))
  }
  expect(summary(root, await walk(root))).toEqual([
    'file a.txt',
    'failed locked permission-denied',
    'file z.txt',
  ])
})

test('stops when aborted', async () => {
  const root = await createFolder(['a/a.txt', 'b/b.txt'])
  const controller = new AbortController()
  const found: string[] = []
  const walking = (async () => {
    for await (const file of walkFiles(root, new Set(['txt']), controller.signal)) {
      found.push(path.basename(file.path))
      controller.abort()
    }
  })()
  await expect(walking).rejects.toMatchObject({ code: 'cancelled' })
  expect(found).toEqual(['a.txt'])
})

const isBytesNamed = process.platform === 'linux'

test.runIf(isBytesNamed)(
  'finds names that are no UTF-8, also in folders of such names',
  async () => {
    const root = await createTempDir()
    const folder = Buffer.concat([Buffer.from(`${root}/`), Buffer.from('Bücher', 'latin1')])
    await mkdir(folder)
    await writeFile(Buffer.concat([folder, Buffer.from('/Müller.txt', 'latin1')]), 'x')
    expect(summary(root, await walk(root))).toEqual(['file B\uDCFCcher/M\uDCFCller.txt'])
  },
)

test.runIf(isBytesNamed)('finds a file by another spelling of its path', async () => {
  const root = await createFolder(['Bu\u0308cher/Mu\u0308ller.txt', 'plain.txt'])
  await writeFile(Buffer.concat([Buffer.from(`${root}/`), Buffer.from('Rößle.txt', 'latin1')]), 'x')
  const spelled = async (name: string): Promise<readonly string[]> =>
    summary(root, await walk(path.join(root, name)))
  expect(await spelled('B\u00FCcher/M\u00FCller.txt')).toEqual([
    'file Bu\u0308cher/Mu\u0308ller.txt',
  ])
  expect(await spelled('R\uFFFD\uFFFDle.txt')).toEqual(['file R\uDCF6\uDCDFle.txt'])
  expect(await spelled('B\u00FCcher/none.txt')).toEqual(['failed B\u00FCcher/none.txt not-found'])
  // Two files could be meant.
  await writeFile(Buffer.concat([Buffer.from(`${root}/`), Buffer.from('Räßle.txt', 'latin1')]), 'x')
  expect(await spelled('R\uFFFD\uFFFDle.txt')).toEqual(['failed R\uFFFD\uFFFDle.txt not-found'])
})
