import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './ensureBuilt.mjs'

ensureBuilt()
await import(pathToFileURL(path.resolve(import.meta.dirname, '../out/main/cli.js')).href)
