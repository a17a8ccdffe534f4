// Starts a helper and waits to be killed; prints the helper's process id.
import path from 'node:path'
import { createForkedHosts } from '../../../src/main/processes/forkedHost.ts'

const host = createForkedHosts(path.resolve('out/main'))('embedder.host')
process.stdout.write(`${String(host.pid)}\n`)
setInterval(() => undefined, 1_000)
