import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import path from 'node:path'

const program = path.resolve(import.meta.dirname, '../../out/main/serve.js')

export interface Served {
  /** The first line of its output. */
  readonly url: string
  readonly child: ChildProcess
  /** Asks it to stop and resolves with its exit code. */
  stop(): Promise<number | null>
}

/** Starts the loopback shell from the build. It ends with this process. */
export async function startServe(args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('The pipes are missing.')
  let errors = ''
  stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await Promise.race([
    new Promise<string>((resolve) => createInterface(stdout).once('line', resolve)),
    exited.then((code) => {
      throw new Error(`serve exited with ${String(code)}: ${errors}`)
    }),
  ])
  return {
    url,
    child,
    async stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}
