import type { Options } from 'mdast-util-from-markdown'
import { hasUnspacedScript } from '../domain/unspacedScripts.ts'

type Extension = NonNullable<NonNullable<Options['extensions']>[number]>
type SingleExtension = Exclude<Extension, readonly unknown[]>
type Constructs = NonNullable<NonNullable<SingleExtension['text']>[number]>
type Construct = Exclude<Constructs, readonly unknown[]>
type Tokenizer = Construct['tokenize']
type State = ReturnType<Tokenizer>
/** A UTF-16 code unit; null at an end, negative at line endings and tabs. */
type Code = Parameters<State>[0]

const star = 42
const backslash = 92
const underscore = 95

const escapable = /[!-/:-@[-`{-~]/u
const closingBracket = /[)\]}]/u
const openingBracket = /[([{]/u
/** After a single star: the beginning of a pattern such as `*.txt`, or the end of a word's mark. */
const pattern = /[.,;:/)=]/u

/** Stars are marks only where they enclose whole words: in `5*6 and 7*8` they are letters. */
const tokenizeStars: Tokenizer = function (effects, ok, nok) {
  const before = this.previous
  let size = 0
  const inside: State = (code) => {
    if (code === star) {
      size += 1
      effects.consume(code)
      return inside
    }
    effects.exit('data')
    return canOpen(before, size, code) || canClose(before, size, code) ? nok(code) : ok(code)
  }
  return (code) => {
    effects.enter('data')
    return inside(code)
  }
}

/** Never a mark: names such as `__init__` are more frequent than emphasis by underscores. */
const tokenizeUnderscores: Tokenizer = function (effects, ok) {
  const inside: State = (code) => {
    if (code === underscore) {
      effects.consume(code)
      return inside
    }
    effects.exit('data')
    return ok(code)
  }
  return (code) => {
    effects.enter('data')
    return inside(code)
  }
}

const tokenizeBackslash: Tokenizer = function (effects, ok) {
  const after: State = (code) => {
    if (!matches(code, escapable)) {
      effects.exit('data')
      return ok(code)
    }
    effects.consume(code)
    effects.exit('data')
    return ok
  }
  return (code) => {
    effects.enter('data')
    effects.consume(code)
    return after
  }
}

/**
 * A micromark extension: the signs that are letters in an answer, although Markdown would read
 * them as marks. HTML, links, images and references aren't formed, so their source is the text that
 * is shown. A backslash still keeps the sign after it from being a mark, but is itself shown, since
 * answers contain formulas and paths more often than escapes.
 */
export const literalMarks: SingleExtension = {
  disable: {
    null: [
      'htmlFlow',
      'htmlText',
      'autolink',
      'definition',
      'labelStartLink',
      'labelStartImage',
      'labelEnd',
      'characterReference',
      'characterEscape',
      'hardBreakEscape',
      // A line of dashes below a paragraph is a rule, not the sign of a heading.
      'setextUnderline',
    ],
  },
  text: {
    [star]: { name: 'literalStar', tokenize: tokenizeStars },
    [backslash]: { name: 'literalBackslash', tokenize: tokenizeBackslash },
    [underscore]: { name: 'literalUnderscore', tokenize: tokenizeUnderscores },
  },
}

function canOpen(before: Code, size: number, after: Code): boolean {
  if (isBlank(after) || isWord(before) || matches(before, closingBracket)) return false
  return size > 1 || !matches(after, pattern)
}

function canClose(before: Code, size: number, after: Code): boolean {
  if (isBlank(before) || isWord(after)) return false
  return size > 1 || !matches(after, openingBracket)
}

function isBlank(code: Code): boolean {
  return code === null || code < 0 || matches(code, /\s/u)
}

/** Whether it is a letter or digit of a script with spaces between words. */
function isWord(code: Code): boolean {
  return matches(code, /[\p{L}\p{N}]/u) && !hasUnspacedScript(String.fromCharCode(code ?? 0))
}

function matches(code: Code, sign: RegExp): boolean {
  return code !== null && code >= 0 && sign.test(String.fromCharCode(code))
}
