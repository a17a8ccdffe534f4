import { fork } from 'node:child_process'
import path from 'node:path'
import { createLatch } from '../../shared/latch.ts'
import type { HostEntry, HostExit, HostOptions, HostProcess, StartHost } from './hostProcess.ts'

/** Port on 127.0.0.1 where a debugger can attach to the helper named by `PENKNIFE_INSPECT`. */
const inspectPort = 9230

/**
 * Starts helper processes with `child_process.fork`. Messages are structured clones, so that
 * vectors stay `Float32Array`.
 *
 * @param directory folder of the built `*.host.js` files.
 * @param onOutput receives all that a helper prints; native libraries do.
 * @param inspected the helper to start with the inspector (docs/contributing.md). The packaged app
 * doesn't use this function, so its helpers can't be inspected.
 */
export function createForkedHosts(
  directory: string,
  onOutput: (entry: HostEntry, text: string) => void = () => undefined,
  inspected = process.env.PENKNIFE_INSPECT,
): StartHost {
  return (entry, options = {}) =>
    startForkedHost(directory, entry, options, onOutput, entry === inspected)
}

function startForkedHost(
  directory: string,
  entry: HostEntry,
  options: HostOptions,
  onOutput: (entry: HostEntry, text: string) => void,
  inspected: boolean,
): HostProcess {
  const child = fork(path.join(directory, `${entry}.js`), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    execArgv: [
      ...(options.heapMiB === undefined ? [] : [`--max-old-space-size=${String(options.heapMiB)}`]),
      ...(inspected ? [`--inspect=127.0.0.1:${String(inspectPort)}`] : []),
    ],
  })
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8')
    output?.on('data', (text: string) => onOutput(entry, text))
  }
  child.stderr?.on('data', (text: string) => options.onErrorOutput?.(text))

  const closed = createLatch()
  const exit = createLatch<HostExit>()
  // Released first, so that exit listeners find the transport closed.
  exit.on(() => closed.release())
  child.once('exit', (code, signal) => exit.release({ code, signal }))
  // A program that can't be started emits `error` and no `exit`.
  child.once('error', () => exit.release({ code: null, signal: null }))

  return {
    pid: child.pid,
    inspected,
    transport: {
      send(message) {
        // The callback ignores the error of a broken pipe; `exit` follows.
        if (child.connected) child.send(message as object, () => undefined)
      },
      onMessage(listener) {
        child.on('message', listener)
        return () => child.off('message', listener)
      },
      onClose: closed.on,
    },
    onExit: exit.on,
    kill() {
      child.kill('SIGKILL')
    },
  }
}
