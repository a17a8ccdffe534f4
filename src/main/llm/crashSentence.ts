import type { HostExit } from '../hosts/hostProcess.ts'

/** What happened to the language model's process, in a sentence for the person who asked. */
export function crashSentence({ code, signal, hung }: HostExit): string {
  if (hung === true) {
    return 'The language model stopped responding and was ended. Ask again to start it anew; if that keeps happening, choose a smaller model.'
  }
  // The system's memory killer sends SIGKILL; Node ends with 134 or SIGABRT when it has none left.
  if (signal === 'SIGKILL' || code === 137) {
    return 'The language model was stopped by the system, most likely because memory ran out. Close other programs or choose a smaller model, then ask again.'
  }
  if (signal === 'SIGTERM' || signal === 'SIGINT' || signal === 'SIGHUP') {
    return 'The language model was stopped from outside Penknife. Ask again to start it anew.'
  }
  const how = signal ?? (code === null ? null : `code ${String(code)}`)
  return `The language model crashed${how === null ? '' : ` (${how})`}. Ask again to start it anew; if that keeps happening, choose another model.`
}
