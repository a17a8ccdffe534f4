import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createModelHashes } from '../../../../src/main/templates/running/modelHash.ts'
import { testedModels } from '../../../../src/main/templates/running/testedModels.ts'
import { ggufFile, llamaMetadata, llamaTensors } from '../../../helpers/gguf.ts'
import { createTempDir } from '../../../helpers/tempDir.ts'

const { signal } = new AbortController()

it('keeps one of several copies, and tells models of one name apart by their files', async () => {
  const directory = await createTempDir()
  const write = async (name: string, change: object = {}): Promise<string> => {
    const file = path.join(directory, `${name}.gguf`)
    await writeFile(file, ggufFile({ ...llamaMetadata, ...change }, llamaTensors))
    return file
  }
  const files = [
    await write('one'),
    await write('copy'),
    await write('two', { 'llama.context_length': 1024 }),
    await write('three', { 'general.name': 'Another' }),
  ]
  const hashes = createModelHashes(path.join(directory, 'hashes.json'), (why) => expect.fail(why))
  const { models, notRun } = await testedModels([...files, files[0] ?? ''], hashes, signal)
  expect(models.map(({ name }) => name)).toEqual(['one', 'two', 'Another'])
  expect(new Set(models.map(({ sha256 }) => sha256)).size).toBe(3)
  expect(models.every(({ memoryBytes }) => memoryBytes > 0)).toBe(true)
  expect(notRun).toEqual([
    `${files[1] ?? ''} is the same model as ${files[0] ?? ''}, so it isn’t run.`,
  ])
  await expect(testedModels([directory], hashes, signal)).rejects.toThrow()
})
