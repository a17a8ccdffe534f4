import { Command } from 'commander'
import { expect, test } from 'vitest'
import { addModelCommands } from '../../src/main/cli/modelCommands.ts'
import { createEmbedderBench, otherDimensions, otherEmbedder } from '../helpers/embedderBench.ts'

test('the command shows its progress, pauses when interrupted, and resumes when repeated', async () => {
  const bench = await createEmbedderBench(['heron', 'ferry'])
  const app = await bench.open()
  const text = (n: number): string => `Heron ${String(n)}. `.repeat(200)
  await bench.importTexts(
    app,
    Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${String(n)}.txt`, text(n)])),
  )
  await app.dispose()

  async function run(
    args: readonly string[],
    onMessage: (stop: () => void) => void = () => undefined,
  ) {
    const stop = new AbortController()
    const told = { results: [] as unknown[], texts: [] as string[], messages: [] as string[] }
    const program = new Command()
    addModelCommands(program, () => ({
      output: {
        json: true,
        result(value, line) {
          told.results.push(value)
          told.texts.push(line)
        },
        message(line) {
          told.messages.push(line)
          onMessage(() => stop.abort())
        },
      },
      signal: stop.signal,
      readInput: () => expect.fail('Nothing is read from standard input.'),
      appOptions: { ...bench, shell: 'browser', startHost: () => expect.fail('No host') },
      fail: () => expect.fail('The command failed'),
      async withApp(work) {
        const own = await bench.open()
        try {
          return await work(own)
        } finally {
          await own.dispose()
        }
      },
    }))
    const error: unknown = await program.parseAsync(['node', 'penknife', 'models', ...args]).then(
      () => null,
      (reason: unknown) => reason,
    )
    return { ...told, error }
  }

  const stopped = await run(['use', otherEmbedder], (stop) => stop())
  expect(stopped.error).toMatchObject({ code: 'cancelled' })
  expect(stopped.messages[0]).toMatch(/^\d+ of 20 documents, \d+ passages/)
  expect(stopped.messages.at(-1)).toMatch(/^Paused at \d+ of 20 documents; penknife-embed goes on/)
  expect((await run(['list'])).texts.join('\n')).toMatch(/^\* penknife-embed /mu)

  const done = await run(['use', otherEmbedder])
  expect(done.error).toBeNull()
  expect(done.results).toMatchObject([{ id: otherEmbedder, dimensions: otherDimensions }])
  const list = (await run(['list'])).texts.join('\n')
  expect(list).toMatch(/^\* small-bert {2}Small BERT, finds passages/mu)
  expect(list).toMatch(/^ {2}penknife-embed /mu)
})
