import { expect, test } from 'vitest'
import { exitOfStatus } from '../../../src/main/electron/exitStatus.ts'
import type { HostExit } from '../../../src/main/processes/hostProcess.ts'
import { crashSentence } from '../../../src/main/llm/crashSentence.ts'

const by = (signal: string): HostExit => ({ code: null, signal })
const withCode = (code: number): HostExit => ({ code, signal: null })

test.each<[string, HostExit, RegExp]>([
  ['the memory killer', by('SIGKILL'), /memory ran out/u],
  ['the same, told by a shell', withCode(137), /memory ran out/u],
  ['an end that was asked for', by('SIGTERM'), /from outside/u],
  ['Ctrl-C', by('SIGINT'), /from outside/u],
  ['a terminal that closed', by('SIGHUP'), /from outside/u],
  ['Ctrl-\\', by('SIGQUIT'), /from outside/u],
  ['an assertion of llama.cpp', by('SIGABRT'), /crashed \(SIGABRT\)/u],
  ['bad memory', by('SIGSEGV'), /crashed \(SIGSEGV\)/u],
  ['a processor that is too old', by('SIGILL'), /crashed \(SIGILL\)/u],
  ['a file that became shorter', by('SIGBUS'), /\(SIGBUS\).*could not be read/u],
  ['a division by zero', by('SIGFPE'), /crashed \(SIGFPE\)/u],
  ['a code', withCode(7), /crashed \(code 7\)/u],
  ['a program that did not start', { code: null, signal: null }, /crashed\. /u],
  ['silence', { code: null, signal: null, hung: true }, /stopped responding/u],
])('%s has a sentence that says what to do', (_, exit, expected) => {
  expect(crashSentence(exit)).toMatch(expected)
  expect(crashSentence(exit)).toMatch(/ask again/iu)
})

test.each([
  [9, 'SIGKILL'],
  [15, 'SIGTERM'],
  [6, 'SIGABRT'],
  [134, 'SIGABRT'],
  [139, 'SIGSEGV'],
])('the status %i of a utility process means %s', (status, signal) => {
  expect(exitOfStatus(status, 'linux')).toEqual(by(signal))
  expect(exitOfStatus(status, 'win32')).toEqual(withCode(status))
})

test.each([0, 1, 13, 255])('the status %i of a utility process is an exit code', (status) => {
  expect(exitOfStatus(status, 'linux')).toEqual(withCode(status))
})
