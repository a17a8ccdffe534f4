import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installEmbedder } from '../helpers/installEmbedder.ts'
import { writeKnownModel } from '../helpers/knownModel.ts'
import { rangeOf, sha256, startFileServer, type FileServer } from '../helpers/fileServer.ts'
import {
  answered,
  ask,
  dropFiles,
  expectAccessible,
  goTo,
  longWork,
  waitForState,
} from './driver.ts'
import { launchApp, shell, skipReason, type LaunchedApp } from './launch.ts'

const name = 'my-own-chat'
const embedder = 'all-MiniLM-L6-v2'
const question = 'How many days of leave can be carried over?'

/** Processes that the core has started for its language model. */
function modelProcesses(parent: number): readonly number[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' })
  return lines.split('\n').flatMap((line) => {
    const [, pid, ppid, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/u.exec(line) ?? []
    return Number(ppid) === parent && command.includes('llm.host') ? [Number(pid)] : []
  })
}

describe.skipIf(skipReason !== null)('from the demo model to another one', () => {
  let app: LaunchedApp
  let host: FileServer
  const dataDir = mkdtempSync(path.join(tmpdir(), 'penknife-e2e-'))

  beforeAll(async () => {
    // Its output is known, and does not end by itself.
    host = await startFileServer(readFileSync(await writeKnownModel(dataDir)))
    // As the catalogue describes this one.
    const size = { dimensions: 384, maxTokens: 256 }
    await installEmbedder(dataDir, { id: 'all-minilm-l6-v2', name: embedder }, size)
    app = await launchApp({ dataDir })
  })
  afterAll(async () => {
    await app.close()
    await host[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('the demo model answers at once, and Ask mentions larger models', async () => {
    const { page } = app
    await page.getByText('The demo model quotes your documents and does not reason.').waitFor()
    await page.getByRole('button', { name: question }).click()
    const turn = await answered(page, question)
    expect(await turn.locator('.pk-answer').innerText()).not.toBe('')
  })

  test('a model is downloaded, over a connection that breaks in the middle', async () => {
    const { page } = app
    host.behave = (request, response, next, count) => {
      if (count !== 0) {
        next()
        return
      }
      const total = host.content.length
      const { from, to } = rangeOf(request, total)
      const wanted = host.content.subarray(from, to + 1)
      response.writeHead(206, {
        etag: `"${sha256(host.content).slice(0, 12)}"`,
        'content-length': wanted.length,
        'content-range': `bytes ${String(from)}-${String(to)}/${String(total)}`,
      })
      response.write(wanted.subarray(0, wanted.length / 2), () => response.destroy())
    }
    await goTo(page, 'Models')
    const answers = page.getByRole('region', { name: 'Answers' })
    await answers.getByText('Demo model: quotes your documents').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Download a GGUF file from another address' }).click()
    await page
      .getByRole('textbox', { name: 'Address of a GGUF file' })
      .fill(`${host.address}/${name}.gguf`)
    await page.getByRole('button', { name: /^Download from 127\.0\.0\.1/ }).click()
    const card = page.getByRole('article', { name: `Download of ${name}` })
    await card.getByRole('button', { name: 'Use now' }).waitFor()
    // It resumed at its position, not from the beginning.
    expect(host.ranges).toHaveLength(2)
    expect(host.ranges[1]).toMatch(/^bytes=[1-9]\d*-/u)
    await expectAccessible(page)
  })

  test('it is used, and answers', async () => {
    const { page } = app
    await page.getByRole('button', { name: 'Use now' }).click()
    const answers = page.getByRole('region', { name: 'Answers' })
    await answers.getByText('Writes with citations.').waitFor()
    await answers.getByText('Ready', { exact: true }).waitFor()
    await goTo(page, 'Ask')
    const turn = await ask(page, 'Why was the roof repair put off?')
    expect(await turn.locator('.pk-answer').innerText()).toContain('house house house')
  })

  // In Electron the helpers are Chromium processes, which cannot be identified from outside.
  test.skipIf(shell === 'electron' || process.platform === 'win32')(
    'its process is killed in the middle of an answer: a sentence says so, and the next question works',
    async () => {
      const { page } = app
      const asked = 'What does error E4 on the pump mean?'
      const [pid] = modelProcesses(app.processId)
      if (pid === undefined) throw new Error('No process of a language model was found.')
      // Suspended first, so that the answer cannot end before the kill.
      process.kill(pid, 'SIGSTOP')
      const composer = page.getByRole('textbox', { name: 'Your question' })
      await composer.fill(asked)
      await composer.press('Enter')
      await page.locator('article[aria-busy="true"]').waitFor()
      await page.getByRole('button', { name: 'Stop' }).waitFor()
      // The search needs no language model, and what counts the words of the prompt does: by then the
      // question waits for the process.
      await page.waitForTimeout(4_000)
      process.kill(pid, 'SIGKILL')
      const broken = await answered(page, asked)
      expect(await broken.innerText()).toMatch(/stopped by the system.*then ask again/su)
      await expectAccessible(page)

      const turn = await ask(page, 'What is the view of the Puffin room?')
      expect(await turn.innerText()).not.toMatch(/stopped by the system/)
      expect(await turn.innerText()).toMatch(/Puffin/)
      const [next] = modelProcesses(app.processId)
      expect(next).not.toBe(pid)
      await goTo(page, 'Models')
      const answers = page.getByRole('region', { name: 'Answers' })
      await answers.getByText('Ready', { exact: true }).waitFor()
      expect(app.pageErrors).toEqual([])
    },
  )

  test.skipIf(shell === 'electron' || process.platform === 'win32')(
    'its process is killed while it writes: what was written stays, and the next question works',
    async () => {
      const { page } = app
      await goTo(page, 'Ask')
      const asked = 'Why was the roof repair put off until the autumn?'
      const composer = page.getByRole('textbox', { name: 'Your question' })
      await composer.fill(asked)
      await composer.press('Enter')
      const writing = page.locator('article[aria-busy="true"] .pk-answer')
      const [pid] = modelProcesses(app.processId)
      if (pid === undefined) throw new Error('No process of a language model was found.')
      // In small steps, so that the answer cannot end before it is checked.
      let written = ''
      while (written.length < 5) {
        process.kill(pid, 'SIGCONT')
        await delay(10)
        process.kill(pid, 'SIGSTOP')
        await delay(100)
        if ((await writing.count()) > 0) written = lettersOf(await writing.innerText())
      }
      process.kill(pid, 'SIGKILL')
      const broken = await (await answered(page, asked)).innerText()
      expect(lettersOf(broken)).toContain(written)
      expect(broken).toMatch(/stopped by the system.*then ask again/su)
      const turn = await ask(page, 'What is the view of the Puffin room?')
      expect(await turn.innerText()).not.toMatch(/stopped by the system/)
    },
  )

  test('another embedder takes over, and questions are answered meanwhile', async () => {
    const { page } = app
    // What is quoted is always cited, whatever this small model writes.
    await page.getByRole('button', { name: 'Way of answering: Write' }).click()
    await page.getByRole('menuitemradio', { name: /^Quote/ }).click()
    const long = path.join(dataDir, 'long.md')
    writeFileSync(long, longText())
    await goTo(page, 'Library')
    await dropFiles(page, [long])
    await waitForState(page, 'long.md', 'Indexed')

    await goTo(page, 'Models')
    await page.getByRole('button', { name: `Use ${embedder}` }).click()
    await page.getByRole('button', { name: 'Read them anew' }).click()
    const passages = page.getByRole('region', { name: 'Finds passages' })
    await passages.getByRole('progressbar', { name: `Reading anew for ${embedder}` }).waitFor()
    await passages.getByRole('button', { name: 'Pause' }).click()
    await passages.getByText(`Paused: reading anew for ${embedder}`).waitFor()
    await expectAccessible(page)
    await expectCited(page, 'What does error E4 on the pump mean?')

    await goTo(page, 'Models')
    await passages.getByRole('button', { name: 'Go on' }).click()
    await expectCited(page, 'When is the sauna heated?')
    await goTo(page, 'Models')
    // It is read at low priority: beside much other work this takes a share of its time.
    await passages.getByRole('heading', { name: embedder }).waitFor({ timeout: 3 * longWork })
    await passages.getByText(/^384 dimensions/).waitFor()
    await expectCited(page, 'Up to which line is damage by the sea covered?')
    expect(app.pageErrors).toEqual([])
  })
})

/** A text without its Markdown, of which the second half may still be missing. */
function lettersOf(text: string): string {
  return text.replace(/\P{L}+/gu, '')
}

/** Enough passages that a new index is not finished between two clicks. */
function longText(): string {
  const sentence = (n: number) => `Ship ${String(n)} left the harbour in the morning, bound north.`
  const paragraph = (at: number) => Array.from({ length: 10 }, (_, n) => sentence(at * 10 + n))
  return Array.from({ length: 200 }, (_, at) => paragraph(at).join(' ')).join('\n\n')
}

async function expectCited(page: Page, question: string): Promise<void> {
  await goTo(page, 'Ask')
  const turn = await ask(page, question)
  expect(await turn.getByRole('button', { name: /^Citation \d+: / }).count()).toBeGreaterThan(0)
}
