import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Milliseconds that imports, answers and runs may take on a busy machine. */
export const longWork = 300_000

/** Steps from one element to the next after which none can be reached any more. */
const mostSteps = 150

export function sampleFile(name: string): string {
  return path.resolve('resources/sample', name)
}

/** Drops files or folders on the window, the way the system does it. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  // Before the window is drawn nothing takes them.
  await page.getByRole('navigation', { name: 'Places' }).waitFor({ timeout: longWork })
  const session = await page.context().newCDPSession(page)
  const at = { x: 600, y: 300, data: { items: [], files: [...files], dragOperationsMask: 1 } }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at })
  }
  await session.detach()
}

/** Goes to a place of the rail. */
export async function goTo(
  page: Page,
  place: 'Ask' | 'Library' | 'Templates' | 'Models' | 'Settings',
): Promise<void> {
  const places = page.getByRole('navigation', { name: 'Places' })
  await places.getByRole('button', { name: new RegExp(`^${place}`) }).click()
}

/** Moves the focus by keyboard until it is on an element. */
export async function tabTo(
  page: Page,
  target: Locator,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  await target.waitFor()
  for (let step = 0; step < mostSteps; step += 1) {
    if (await hasFocus(target)) return
    await page.keyboard.press(key)
  }
  throw new Error(`The keyboard does not get to ${String(target)}.`)
}

/** Whether an element has the focus. */
export function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement)
}

/** Presses a key on an element that the focus was moved to by keyboard. */
export async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

/** Replaces the text of a field that the focus was moved to by keyboard. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await pressOn(page, target, 'ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

/** Waits until the library's table shows a file in a state. */
export async function waitForState(
  page: Page,
  name: string,
  state: string | RegExp,
): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByText(state).waitFor({ timeout: longWork })
}

/** Asks in the composer and waits for the answer to be complete. */
export async function ask(page: Page, question: string): Promise<Locator> {
  const composer = page.getByRole('textbox', { name: 'Your question' })
  await composer.fill(question)
  await composer.press('Enter')
  return answered(page, question)
}

/** The turn of a question, once its answer is complete. */
export async function answered(page: Page, question: string): Promise<Locator> {
  const turn = page
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: question, exact: true }) })
    .last()
  await turn.and(page.locator('[aria-busy="false"]')).waitFor({ timeout: longWork })
  return turn
}

/** Every request of the page goes to its own origin. */
export function watchRequests(page: Page): { readonly outside: string[] } {
  const outside: string[] = []
  page.on('request', (request) => {
    const own = new URL(page.url()).origin
    const { origin, protocol } = new URL(request.url())
    if (protocol !== 'data:' && protocol !== 'blob:' && origin !== own) outside.push(request.url())
  })
  return { outside }
}

/** Checks the page with axe, in the theme that it shows. */
export async function expectAccessible(page: Page): Promise<void> {
  const source = readFileSync(path.resolve('node_modules/axe-core/axe.min.js'), 'utf8')
  await page.evaluate(source)
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: () => Promise<{
          violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[]
        }>
      }
    }
    const result = await axe.run()
    return result.violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
    }))
  })
  expect(violations).toEqual([])
}
