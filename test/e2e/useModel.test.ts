import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rangeOf, sha256, startFileServer, type FileServer } from '../helpers/fileServer.ts'
import { answered, ask, expectAccessible, goTo } from './driver.ts'
import { launchApp, shell, skipReason, type LaunchedApp } from './launch.ts'

const file = 'resources/models/penknife-tiny/penknife-tiny-q8_0.gguf'
const name = 'my-own-chat'
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

  beforeAll(async () => {
    host = await startFileServer(readFileSync(file))
    app = await launchApp()
  })
  afterAll(async () => {
    await app.close()
    await host[Symbol.asyncDispose]()
  })

  test('the demo model answers at once, and Ask says what there is beyond it', async () => {
    const { page } = app
    await page.getByText('The demo model quotes your documents and does not reason.').waitFor()
    await page.getByRole('button', { name: question }).click()
    expect(await (await answered(page, question)).innerText()).toMatch(/five days/i)
  })

  test('a model is downloaded, over a connection that breaks in the middle', async () => {
    const { page } = app
    // The first answer only tells the length; the second one carries the file.
    host.behave = (request, response, next, count) => {
      if (count !== 1) {
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
    // It went on where it was, and not from the beginning.
    expect(host.ranges).toHaveLength(3)
    expect(host.ranges[2]).toMatch(/^bytes=[1-9]\d*-/u)
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
    expect((await turn.innerText()).length).toBeGreaterThan(80)
  })

  // In Electron the helpers are processes of Chromium, which nothing tells apart from outside.
  test.skipIf(shell === 'electron' || process.platform === 'win32')(
    'its process is killed in the middle of an answer: a sentence says so, and the next question works',
    async () => {
      const { page } = app
      const asked = 'What does error E4 on the pump mean?'
      const [pid] = modelProcesses(app.processId)
      if (pid === undefined) throw new Error('No process of a language model was found.')
      // Stopped first, so that the answer cannot be over before the kill.
      process.kill(pid, 'SIGSTOP')
      const composer = page.getByRole('textbox', { name: 'Your question' })
      await composer.fill(asked)
      await composer.press('Enter')
      await page.locator('article[aria-busy="true"]').waitFor()
      await page.getByRole('button', { name: 'Stop' }).waitFor()
      // The search needs no language model, and what counts the words of the prompt does: by then the
      // question waits for the process.
      await page.waitForTimeout(2_000)
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
})
