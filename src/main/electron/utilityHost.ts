import path from 'node:path'
import { utilityProcess } from 'electron'
import { createLatch } from '../../shared/latch.ts'
import type {
  HostEntry,
  HostExit,
  HostOptions,
  HostProcess,
  StartHost,
} from '../processes/hostProcess.ts'
import { exitOfStatus } from './exitStatus.ts'

const serviceNames: Readonly<Record<HostEntry, string>> = {
  'llm.host': 'Penknife language model',
  'embedder.host': 'Penknife search index',
  'parser.host': 'Penknife document reader',
}

/**
 * Starts helper processes with `utilityProcess.fork`, as `createForkedHosts` does in Node. Electron
 * ends them with the app.
 *
 * @param directory folder of the built `*.host.js` files.
 * @param onOutput receives all that a helper prints; native libraries do.
 */
export function createUtilityHosts(
  directory: string,
  onOutput: (entry: HostEntry, text: string) => void = () => undefined,
): StartHost {
  return (entry, options = {}) => startUtilityHost(directory, entry, options, onOutput)
}

function startUtilityHost(
  directory: string,
  entry: HostEntry,
  { heapMiB, onErrorOutput }: HostOptions,
  onOutput: (entry: HostEntry, text: string) => void,
): HostProcess {
  const child = utilityProcess.fork(path.join(directory, `${entry}.js`), [], {
    serviceName: serviceNames[entry],
    stdio: 'pipe',
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    execArgv: heapMiB === undefined ? [] : [`--max-old-space-size=${String(heapMiB)}`],
  })
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (text: Buffer) => onOutput(entry, text.toString('utf8')))
  }
  child.stderr?.on('data', (text: Buffer) => onErrorOutput?.(text.toString('utf8')))

  const closed = createLatch()
  const exit = createLatch<HostExit>()
  // Released first, so that exit listeners find the transport closed.
  exit.on(() => closed.release())
  // Electron emits `error` before the exit of a fatal error, and throws if there is no listener.
  child.on('error', (type, location) => {
    onOutput(entry, `${type} at ${location}`)
    onErrorOutput?.(`FATAL ERROR: ${type} at ${location}\n`)
  })
  child.once('exit', (code) => exit.release(exitOfStatus(code, process.platform)))

  return {
    get pid() {
      return child.pid
    },
    transport: {
      send(message) {
        if (!exit.isReleased()) child.postMessage(message)
      },
      onMessage(listener) {
        child.on('message', listener)
        return () => child.off('message', listener)
      },
      onClose: closed.on,
    },
    onExit: exit.on,
    kill() {
      // `kill()` sends SIGTERM, which doesn't end a process that is stuck in native code.
      if (child.pid !== undefined) killAtOnce(child.pid)
      child.kill()
    },
  }
}

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: it has already exited.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
