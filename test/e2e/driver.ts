import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export function sampleFile(name: string): string {
  return path.resolve('resources/sample', name)
}

/** Drops files or folders on the window, the way the system does it. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
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

/** Waits until the library's table shows a file in a state. */
export async function waitForState(page: Page, name: string, state: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: name })
  await row.getByText(state).waitFor({ timeout: 90_000 })
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
  await turn.and(page.locator('[aria-busy="false"]')).waitFor({ timeout: 120_000 })
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
