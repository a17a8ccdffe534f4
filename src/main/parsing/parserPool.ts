import type { ParserProcess } from './parserProcess.ts'

/** Several processes that read files. */
export interface ParserPool {
  /** Does one piece of work in the first process that is free. Throws what the work throws. */
  run<T>(work: (process: ParserProcess) => Promise<T>): Promise<T>
  /** Kills all processes; nothing is read any more. */
  dispose(): void
}

/** A process beyond the first ends when nothing was read by it for as long. */
const idleMs = 30_000

interface Member {
  readonly process: ParserProcess
  busy: boolean
  idle: NodeJS.Timeout | undefined
}

/** @param count how many processes there are at most; each is started when it is needed. */
export function createParserPool(create: () => ParserProcess, count: number): ParserPool {
  const members: readonly Member[] = Array.from({ length: count }, () => ({
    process: create(),
    busy: false,
    idle: undefined,
  }))
  const waiting: ((member: Member) => void)[] = []

  function take(): Promise<Member> {
    const free = members.find(({ busy }) => !busy)
    if (free === undefined) return new Promise((resolve) => waiting.push(resolve))
    free.busy = true
    clearTimeout(free.idle)
    return Promise.resolve(free)
  }

  function giveBack(member: Member): void {
    const next = waiting.shift()
    if (next !== undefined) {
      next(member)
      return
    }
    member.busy = false
    if (member !== members[0]) member.idle = setTimeout(member.process.end, idleMs).unref()
  }

  return {
    async run(work) {
      const member = await take()
      try {
        return await work(member.process)
      } finally {
        giveBack(member)
      }
    },
    dispose() {
      for (const { process, idle } of members) {
        clearTimeout(idle)
        process.dispose()
      }
    },
  }
}
