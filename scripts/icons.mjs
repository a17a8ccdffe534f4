// Draws resources/icons/icon.png from penknife.svg, in the browser that the end-to-end tests use.
// electron-builder makes the icons of each system from it. Run it after changing the drawing.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'

const size = 1024
const icons = path.resolve(import.meta.dirname, '../resources/icons')
const drawing = readFileSync(path.join(icons, 'penknife.svg'), 'utf8')

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage({ viewport: { width: size, height: size } })
await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px}</style>${drawing}`)
writeFileSync(path.join(icons, 'icon.png'), await page.screenshot({ omitBackground: true }))
await browser.close()
