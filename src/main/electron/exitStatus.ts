import os from 'node:os'
import type { HostExit } from '../processes/hostProcess.ts'

/** Signals that end a process and whose numbers aren't exit codes of Node. */
const fatal = ['SIGKILL', 'SIGTERM', 'SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'] as const
/** Added to the signal's number if the process dumped core, and always by shells. */
const flag = 128

/**
 * How a utility process ended. Electron passes one number: an exit code or, except on Windows, the
 * wait status of a process that was ended by a signal (`waitpid(2)`).
 */
export function exitOfStatus(status: number, platform: NodeJS.Platform): HostExit {
  const number = status >= flag ? status - flag : status
  const signal = fatal.find((name) => os.constants.signals[name] === number)
  return platform === 'win32' || signal === undefined
    ? { code: status, signal: null }
    : { code: null, signal }
}
