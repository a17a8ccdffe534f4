import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createLogger } from '../../../src/main/disk/logger.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { createTempDir } from '../../helpers/tempDir.ts'

test('writes lines in order, from the given level up', async () => {
  const directory = path.join(await createTempDir(), 'logs')
  const logger = createLogger(directory)
  logger.debug('not this')
  logger.info('first', { documents: 3 })
  logger.warn('second')
  await logger.close()
  const lines = (await readFile(path.join(directory, 'penknife.log'), 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^\d{4}-.*Z info {2}first documents=3$/)
  expect(lines[1]).toMatch(/warn {2}second$/)
})

test('an error is logged with its place, and with its message only if it is our own', async () => {
  const directory = await createTempDir()
  const logger = createLogger(directory)
  logger.error('failed', new Error('Unexpected token in "my secret diary"'))
  logger.error('failed', new AppError('timed-out', 'This took too long.'))
  await logger.close()
  const text = await readFile(path.join(directory, 'penknife.log'), 'utf8')
  expect(text).not.toContain('diary')
  expect(text).toContain('logger.test.ts')
  expect(text).toContain('This took too long.')
})

test('a full log file is rotated, and the oldest is deleted', async () => {
  const directory = await createTempDir()
  const logger = createLogger(directory, { maxBytes: 200, keep: 2 })
  for (let n = 0; n < 40; n += 1) {
    logger.info(`line ${String(n)}`)
    if (n % 4 === 3) await logger.close()
  }
  expect((await readdir(directory)).sort()).toEqual([
    'penknife.1.log',
    'penknife.2.log',
    'penknife.log',
  ])
  expect(await readFile(path.join(directory, 'penknife.log'), 'utf8')).toContain('line 39')
})
