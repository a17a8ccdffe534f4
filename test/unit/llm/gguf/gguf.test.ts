import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { GgmlType, GgufFileType } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileTypes, weightBlocks } from '../../../../src/main/llm/gguf/ggufTypes.ts'
import { inspectModel, isLlama2 } from '../../../../src/main/llm/gguf/modelFacts.ts'
import { chooseContext, fitModel, memoryForModels } from '../../../../src/main/llm/gguf/modelFit.ts'
import { parseGguf } from '../../../../src/main/llm/gguf/parseGguf.ts'
import { modelFacts } from '../../../../src/shared/domain/languageModel.ts'
import { AppError } from '../../../../src/shared/errors.ts'
import { ggufFile, ggufHeader, llamaMetadata, llamaTensors } from '../../../helpers/gguf.ts'

const tiny = path.resolve('resources/models/penknife-tiny/penknife-tiny-q8_0.gguf')
const gib = 1024 ** 3
let directory: string

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'penknife-gguf-'))
})
afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

function write(name: string, bytes: Uint8Array): string {
  const file = path.join(directory, name)
  writeFileSync(file, bytes)
  return file
}

describe('the facts of a model file', () => {
  test('the bundled model', async () => {
    expect(await inspectModel(tiny, 8 * gib)).toMatchObject({
      name: 'penknife-tiny',
      architecture: 'llama',
      quantisation: 'Q8_0',
      contextLength: 1024,
      chatFormat: 'llama-2',
      sizeBytes: 6_340_992,
      fits: { maxContext: 1024 },
    })
  })

  test('weights, vocabulary and format are counted by hand', async () => {
    const template = '{% for message in messages %}<|user|>{{ message.content }}{% endfor %}'
    const metadata = { ...llamaMetadata, 'tokenizer.chat_template': template }
    const bytes = ggufFile(metadata, llamaTensors)
    const facts = await inspectModel(write('a.gguf', bytes), gib)
    expect(facts).toEqual({
      name: 'A small model',
      architecture: 'llama',
      parameters: 64 * 5 + 64,
      quantisation: 'Q4_0',
      contextLength: 2048,
      chatTemplate: template,
      chatFormat: 'own',
      vocabulary: 5,
      sizeBytes: bytes.length,
      fits: { memoryBytes: expect.any(Number) as number, maxContext: 2048 },
    })
  })

  test('a model in parts is as large as all of them, and a missing part is named', async () => {
    const first = ggufFile(llamaMetadata, llamaTensors)
    const file = write('big-00001-of-00002.gguf', first)
    await expect(inspectModel(file)).rejects.toThrow('big-00002-of-00002.gguf')
    write('big-00002-of-00002.gguf', Buffer.alloc(1000))
    expect((await inspectModel(file)).sizeBytes).toBe(first.length + 1000)
  })

  test.each([
    ['an embedding model', { 'general.architecture': 'nomic-bert' }, /embedding model/u],
    ['pooled', { ...llamaMetadata, 'llama.pooling_type': 1 }, /embedding model/u],
    ['another architecture', { 'general.architecture': 'mamba' }, /“mamba”/u],
    ['no architecture', { 'general.name': 'x' }, /damaged/u],
    ['no weights', llamaMetadata, /no whole model/u],
  ])('%s is refused with the reason', async (name, metadata, reason) => {
    const file = write(`${name}.gguf`, ggufHeader(metadata))
    await expect(inspectModel(file)).rejects.toThrow(reason)
  })

  test.each([3, 20, 500, 400_000, 6_340_991])('cut off after %i bytes', async (bytes) => {
    const file = write('cut.gguf', readFileSync(tiny))
    truncateSync(file, bytes)
    await expect(inspectModel(file)).rejects.toThrow(/not complete|not a GGUF/u)
  })

  test('LLaMA 2 is recognised by its name and vocabulary size, by its chat template, or by having none', () => {
    expect(isLlama2('llama-2-7b-chat.Q4_K_M.gguf', 32_000, 'wrong')).toBe(true)
    expect(isLlama2('model.gguf', 32_000, '[INST] <<SYS>>')).toBe(true)
    expect(isLlama2('model.gguf', 512, null)).toBe(true)
    expect(isLlama2('tinyllama-1.1b-chat.gguf', 32_000, '<|user|>')).toBe(false)
    expect(isLlama2('Llama 2 of somebody', 128_256, '<|start_header_id|>')).toBe(false)
  })

  test('the tables agree with those of node-llama-cpp', () => {
    const types = GgmlType as unknown as Readonly<Record<number, string>>
    for (const [type, { name }] of weightBlocks) expect(types[type]).toBe(name)
    const files = GgufFileType as unknown as Readonly<Record<number, string>>
    for (const [type, name] of fileTypes) {
      expect(files[type]).toMatch(new RegExp(`^(ALL|MOSTLY)_${name}$`, 'u'))
    }
  })
})

describe('what fits', () => {
  // LLaMA 2 7B: 32 layers of 4,096, in float16 keys and values.
  const contextTokenBytes = 2 * 2 * 32 * 4096
  const shape = { sizeBytes: 3.8e9, vocabulary: 32_000, contextLength: 4096, contextTokenBytes }

  test('7B in 4 bits: its whole context fits into 8 GB, none of it into 4 GB', () => {
    expect(fitModel(shape, 8e9).maxContext).toBe(4096)
    expect(fitModel(shape, 4e9).maxContext).toBe(0)
  })

  test('in between: a smaller context, in whole steps', () => {
    const { maxContext } = fitModel(shape, 5.2e9)
    expect(maxContext).toBeGreaterThan(512)
    expect(maxContext).toBeLessThan(4096)
    expect(maxContext % 256).toBe(0)
  })

  test('the memory needed is the file, 2 GiB of context and the compute buffers of llama.cpp', () => {
    const { memoryBytes } = fitModel(shape, 8e9)
    expect(memoryBytes - 3.8e9 - 2 * gib).toBeGreaterThan(0)
    expect(memoryBytes - 3.8e9 - 2 * gib).toBeLessThan(0.4e9)
  })

  // Resident memory of a process with such a model, in MiB, after a prompt and an answer.
  test.each([
    ['1.1B, Q4_0', 619_829_696, 32_000, 22_528, 836],
    ['1.1B, Q8_0', 1_169_807_808, 32_000, 22_528, 1_314],
    ['110M, F16', 268_980_384, 32_000, 36_864, 541],
    ['110M, F16, a large vocabulary', 566_781_792, 128_256, 36_864, 887],
    ['7B, Q4_0', 3_791_719_680, 32_000, 524_288, 5_807],
  ])('the estimate is within a tenth of what was measured: %s', (_, ...measured) => {
    const [sizeBytes, vocabulary, bytes, mib] = measured
    const made = { sizeBytes, vocabulary, contextLength: 4096, contextTokenBytes: bytes }
    const ratio = fitModel(made, 16e9).memoryBytes / (mib * 1024 ** 2)
    expect(ratio).toBeGreaterThan(0.9)
    expect(ratio).toBeLessThan(1.1)
  })

  test.each([
    ['the default', null, 4096, 32_768, { wanted: 4096, chosen: 4096 }],
    ['never more than it was trained for', 8192, 2048, 32_768, { wanted: 2048, chosen: 2048 }],
    ['never more than there is memory for', 8192, 8192, 2560, { wanted: 8192, chosen: 2560 }],
    ['of a model that does not fit, what was asked', null, 4096, 0, { wanted: 4096, chosen: 4096 }],
  ])('the context: %s', (_, asked, contextLength, maxContext, expected) => {
    const fits = { memoryBytes: 0, maxContext }
    expect(chooseContext(asked, { contextLength, fits })).toEqual(expected)
  })

  test('something is left to other programs', () => {
    expect(memoryForModels(4 * gib)).toBe(2.5 * gib)
    expect(memoryForModels(40 * gib)).toBe(32 * gib)
    expect(memoryForModels(gib)).toBe(0)
  })
})

describe('damaged files', () => {
  const sound = ggufFile(llamaMetadata, llamaTensors)

  /** Any bytes give facts, a reason, or the need for more bytes. */
  function parsed(bytes: Uint8Array, fileSize: number): string {
    const result = parseGguf(bytes, fileSize)
    return result.kind === 'bad' ? result.reason : result.kind
  }

  test('10,000 files with changed bytes: never a crash, always a result', () => {
    const outcomes = new Map<string, number>()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.option(fc.nat(sound.length)),
        (changes, length) => {
          const bytes = Buffer.from(sound)
          for (const [at, value] of changes) bytes[at] = value
          const all = length === null ? bytes : bytes.subarray(0, length)
          const outcome = parsed(all, all.length)
          // The whole file was given, so it must not ask for more.
          expect(outcome).not.toBe('more')
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        },
      ),
      { numRuns: 10_000 },
    )
    for (const kind of ['header', 'cut', 'damaged', 'not-gguf', 'version']) {
      expect(outcomes.get(kind) ?? 0, kind).toBeGreaterThan(10)
    }
  })

  test('absurd lengths are refused at once, however large the file', () => {
    const fields = [8, 16, 24, 24 + 8 + 20 + 4]
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.constantFrom(sound.length, 2 ** 32, 2 ** 52),
        (at, length, fileSize) => {
          const bytes = Buffer.from(sound)
          bytes.writeBigUInt64LE(length, at)
          parsed(bytes, fileSize)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('500 changed files on the disk: valid facts, or an error with a sentence', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const bytes = Buffer.from(sound)
          for (const [at, value] of changes) bytes[at] = value
          const file = write('changed.gguf', bytes)
          try {
            modelFacts.parse(await inspectModel(file))
          } catch (error) {
            if (!(error instanceof AppError)) throw error
            expect(error.message).toMatch(/\. Choose another file\.$/u)
            refused += 1
          }
        },
      ),
      { numRuns: 500 },
    )
    expect(refused).toBeGreaterThan(50)
  })
})
