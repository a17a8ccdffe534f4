import { createHash } from 'node:crypto'
import { readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createModelHashes } from '../../../../src/main/templates/running/modelHash.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

it('remembers the hash of a file on the disk, until the file changes', async () => {
  const directory = await createTempDir()
  const file = path.join(directory, 'model.gguf')
  const kept = path.join(directory, 'hashes.json')
  const open = () => createModelHashes(kept, (sentence) => expect.fail(sentence))
  await writeFile(file, 'one')
  expect(await open().of(file)).toBe(sha256('one'))

  // The saved hash is used even though it is wrong, so the file was not read.
  const text = await readFile(kept, 'utf8')
  await writeFile(kept, text.replace(sha256('one'), 'f'.repeat(64)))
  expect(await open().of(file)).toBe('f'.repeat(64))

  await writeFile(file, 'two')
  await utimes(file, new Date(), new Date(Date.now() + 5_000))
  expect(await open().of(file)).toBe(sha256('two'))
})
