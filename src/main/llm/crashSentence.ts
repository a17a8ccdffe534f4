import type { HostExit } from '../processes/hostProcess.ts'

/** Signals by which a person or the system asks a program to quit. */
const asked = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']

/** Why the language model's process ended, as a sentence for the user. */
export function crashSentence({ code, signal, hung }: HostExit): string {
  if (hung === true) {
    return 'The language model stopped responding and was ended. Ask again to start it anew; if that keeps happening, choose a smaller model.'
  }
  // The system's out-of-memory killer uses SIGKILL; shells report it as 137.
  if (signal === 'SIGKILL' || code === 137) {
    return 'The language model was stopped by the system, most likely because memory ran out. Close other programs or choose a smaller model, then ask again.'
  }
  if (signal !== null && asked.includes(signal)) {
    return 'The language model was stopped from outside Penknife. Ask again to start it anew.'
  }
  // Weights are memory-mapped: reading a part of the file that no longer exists raises SIGBUS.
  if (signal === 'SIGBUS') {
    return 'The language model crashed (SIGBUS) because its file could not be read. Look whether its disk is still there and the file is whole, then ask again.'
  }
  const how = signal ?? (code === null ? null : `code ${String(code)}`)
  return `The language model crashed${how === null ? '' : ` (${how})`}. Ask again to start it anew; if that keeps happening, choose another model.`
}
