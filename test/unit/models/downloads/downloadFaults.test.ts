import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import { expect, vi } from 'vitest'
import { openUploads } from '../../../../src/main/documents/store/uploads.ts'
import { receiveUpload } from '../../../../src/main/loopback/receiveUpload.ts'
import { openPartial } from '../../../../src/main/models/downloads/partialFile.ts'
import { testFaults, type FaultScenario } from '../../../helpers/tryFaults.ts'

vi.mock('node:fs/promises', async (load) => {
  const { breakDisk } = await import('../../../helpers/faultyDisk.ts')
  return breakDisk(await load())
})

const url = 'https://hub.test/m.gguf'
const source = { url, totalBytes: 100, etag: '"v1"', sha256: null }
const limits = { maxBytes: 1_000, idleMs: 10_000 }

/** A request with a body, as far as an upload reads it. */
function requestOf(...parts: readonly string[]): IncomingMessage {
  const body = Readable.from(parts.map((part) => Buffer.from(part)))
  const request: unknown = Object.assign(body, { headers: {}, setTimeout: () => body })
  return request as IncomingMessage
}

const scenarios: Readonly<Record<string, FaultScenario>> = {
  'a part of a model': {
    // What arrived is in memory before its record is on the disk.
    memory: 'closed',
    async prepare(root) {
      const partial = await openPartial(path.join(root, 'm.gguf'), url, (said) => expect.fail(said))
      await partial.begin(source)
      await partial.append(Buffer.from('one '))
      await partial.close()
    },
    async open(root) {
      const file = path.join(root, 'm.gguf')
      const partial = await openPartial(file, url, (said) => expect.fail(said))
      const add = async (text: string): Promise<void> => {
        await partial.append(Buffer.from(text))
        await partial.save()
      }
      return {
        change: () => add('two '),
        next: () => add('three'),
        shown: () => [
          partial.source,
          readFileSync(file).subarray(0, partial.doneBytes).toString('utf8'),
        ],
        close: () => partial.close(),
      }
    },
  },
  'an upload that arrives': {
    async open(root) {
      const uploads = await openUploads(path.join(root, 'spool'), path.join(root, 'originals'))
      await uploads.removeUnfinished()
      return {
        change: () => receiveUpload(requestOf('one ', 'two'), uploads, limits),
        next: () => receiveUpload(requestOf('three'), uploads, limits),
        async shown() {
          const files = await Promise.all(
            (await uploads.waiting()).map((id) => uploads.spooled(id)),
          )
          return files.map((file) => readFileSync(file ?? '', 'utf8')).sort()
        },
      }
    },
  },
}

testFaults(scenarios, 100)
