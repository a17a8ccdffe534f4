import ts from 'typescript'

/** The text of each file, under its path below the window's sources. */
export type Sources = ReadonlyMap<string, string>

interface Stylesheet {
  readonly file: string
  readonly classes: ReadonlySet<string>
}

interface Module {
  readonly file: string
  /** Paths of the stylesheets that it imports. */
  readonly imports: ReadonlySet<string>
  /** All words of its strings; those that are put together as patterns. */
  readonly words: readonly RegExp[]
  /** The classes that it gives to elements. */
  readonly given: readonly RegExp[]
}

/** Classes that a library gives to its elements. */
const fromLibraries: ReadonlySet<string> = new Set(['lucide'])

/**
 * Problems between components and stylesheets, in sentences. Every class has a rule and every
 * rule a user; a component imports the stylesheets of its classes itself, unless `ui` or `styles`
 * have them (states like `is-open` may be styled by what is around them); and only `ui` styles what
 * is in `ui`.
 */
export function styleFaults(sources: Sources): readonly string[] {
  const files = [...sources]
  const sheets = files
    .filter(([file]) => file.endsWith('.css'))
    .map(([file, text]) => ({ file, classes: classesIn(text) }))
  const modules = files
    .filter(([file]) => /\.tsx?$/u.test(file))
    .map(([file, text]) => readModule(file, text))
  return [
    ...modules.flatMap((module) => withoutRule(module, sheets)),
    ...sheets.flatMap((sheet) => withoutUser(sheet, modules)),
    ...sheets
      .filter(({ file }) => !modules.some(({ imports }) => imports.has(file)))
      .map(({ file }) => `${file}: nobody imports it`),
    ...restyled(sheets),
  ]
}

const isShared = (file: string): boolean => /^(ui|styles)\//u.test(file)
const isState = (name: string): boolean => /^(is|has)-/u.test(name)

/** The feature that a file belongs to; else its folder. */
function roomOf(file: string): string {
  return /^(features\/)?[^/]+/u.exec(file)?.[0] ?? ''
}

function withoutRule(module: Module, sheets: readonly Stylesheet[]): readonly string[] {
  const known = sheets.flatMap(({ file, classes }) => {
    if (isShared(file) || module.imports.has(file)) return [...classes]
    return roomOf(file) === roomOf(module.file) ? [...classes].filter(isState) : []
  })
  return module.given
    .filter((pattern) => !known.some((name) => pattern.test(name)))
    .map((pattern) => `${module.file}: no stylesheet that it imports has ${pattern.source}`)
}

function withoutUser(sheet: Stylesheet, modules: readonly Module[]): readonly string[] {
  const room = roomOf(sheet.file)
  const words = unlike(
    modules
      .filter(({ file }) => isShared(sheet.file) || roomOf(file) === room || isShared(file))
      .flatMap((module) => module.words),
  )
  return [...sheet.classes]
    .filter((name) => !fromLibraries.has(name) && !words.some((pattern) => pattern.test(name)))
    .map((name) => `${sheet.file}: nobody uses .${name}`)
}

function restyled(sheets: readonly Stylesheet[]): readonly string[] {
  const within = (folder: string): ReadonlySet<string> =>
    new Set(
      sheets
        .filter(({ file }) => file.startsWith(folder))
        .flatMap(({ classes }) => [...classes].filter((name) => !isState(name))),
    )
  const utilities = within('styles/')
  const building = within('ui/')
  return sheets
    .filter(({ file }) => !isShared(file))
    .flatMap(({ file, classes }) =>
      [...classes]
        .filter((name) => building.has(name) && !utilities.has(name))
        .map((name) => `${file}: styles .${name}, which belongs to ui: make it a variant there`),
    )
}

/** The classes in the selectors of a stylesheet. */
function classesIn(css: string): ReadonlySet<string> {
  const preludes = css.replace(/\/\*[^]*?\*\//gu, '').match(/[^{};]+(?=\{)/gu) ?? []
  return new Set(
    preludes
      .filter((prelude) => !prelude.trim().startsWith('@'))
      .flatMap((selector) => selector.match(/(?<=\.)[a-z][\w-]*/giu) ?? []),
  )
}

function readModule(file: string, text: string): Module {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const imports = new Set<string>()
  const words: RegExp[] = []
  const given: RegExp[] = []
  const visit = (node: ts.Node, isClass: boolean): void => {
    if (ts.isImportDeclaration(node)) {
      if (ts.isStringLiteral(node.moduleSpecifier)) {
        imports.add(resolved(file, node.moduleSpecifier.text))
      }
      return
    }
    const found = wordsOf(node)
    words.push(...found)
    if (isClass) given.push(...found)
    // Conditions select the class and are no class names.
    const classes = isClass || givesClasses(node)
    ts.forEachChild(node, (child) => visit(child, classes && !isCondition(node, child)))
  }
  visit(tree, false)
  return { file, imports, words: unlike(words), given: unlike(given) }
}

function givesClasses(node: ts.Node): boolean {
  if (ts.isJsxAttribute(node)) return /class(Name)?$/iu.test(node.name.getText())
  return ts.isCallExpression(node) && node.expression.getText() === 'classNames'
}

function isCondition(node: ts.Node, child: ts.Node): boolean {
  if (ts.isConditionalExpression(node)) return child === node.condition
  if (!ts.isBinaryExpression(node)) return false
  const { kind } = node.operatorToken
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return child === node.left
  return kind !== ts.SyntaxKind.QuestionQuestionToken && kind !== ts.SyntaxKind.BarBarToken
}

/** The words of a string; an embedded expression matches anything. */
function wordsOf(node: ts.Node): readonly RegExp[] {
  if (ts.isStringLiteralLike(node)) return patterns(node.text)
  if (!ts.isTemplateExpression(node)) return []
  const parts = node.templateSpans.map(({ literal }) => `\u0000${literal.text}`)
  return patterns(`${node.head.text}${parts.join('')}`)
}

function patterns(text: string): readonly RegExp[] {
  return text
    .split(/\s+/u)
    .filter((word) => /^[a-z\u0000][\w\u0000-]*$/iu.test(word) && word !== '\u0000')
    .map((word) => new RegExp(`^${word.replaceAll('\u0000', '[\\w-]+')}$`, 'u'))
}

function unlike(all: readonly RegExp[]): readonly RegExp[] {
  return [...new Map(all.map((one) => [one.source, one])).values()]
}

/** The resolved path of an import in a file. */
function resolved(file: string, specifier: string): string {
  return new URL(specifier, `file:///${file}`).pathname.slice(1)
}
