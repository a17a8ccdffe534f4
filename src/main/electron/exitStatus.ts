import os from 'node:os'
import type { HostExit } from '../processes/hostProcess.ts'

/** Signals that end a process and whose numbers Node does not use for exits of its own. */
const fatal = ['SIGKILL', 'SIGTERM', 'SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'] as const
/** Is added to the signal's number if memory was dumped, and by shells in any case. */
const flag = 128

/**
 * How a utility process ended. Electron passes on one number: an exit code or, outside of Windows,
 * what `waitpid` says of a process that was ended by a signal.
 */
export function exitOfStatus(status: number, platform: NodeJS.Platform): HostExit {
  const number = status >= flag ? status - flag : status
  const signal = fatal.find((name) => os.constants.signals[name] === number)
  return platform === 'win32' || signal === undefined
    ? { code: status, signal: null }
    : { code: null, signal }
}
